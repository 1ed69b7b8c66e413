import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isInTime,
  lastDay,
  piecesToReturn,
  returnProblem,
  type HeldLine,
  type ReturnKind,
} from '../../src/returns/rules.js';

const at = (text: string) => new Date(text);

describe('the last day to withdraw', () => {
  it.each([
    // Delivered on Monday 2 November 2026 at noon in Seoul: seven days later is Monday.
    ['KR', '2026-11-02T03:00:00Z', '2026-11-09'],
    // Two minutes before and after midnight in Seoul: the day of delivery is the one there.
    ['KR', '2026-11-02T14:59:00Z', '2026-11-09'],
    ['KR', '2026-11-02T15:01:00Z', '2026-11-10'],
    // Saturday and Sunday lead to Monday.
    ['KR', '2026-11-07T03:00:00Z', '2026-11-16'],
    ['KR', '2026-11-08T03:00:00Z', '2026-11-16'],
    ['DE', '2026-11-02T11:00:00Z', '2026-11-16'],
    ['GB', '2026-11-02T23:30:00Z', '2026-11-16'],
    ['DE', '2026-11-02T23:30:00Z', '2026-11-17'],
    ['UZ', '2026-11-02T18:59:00Z', '2026-11-16'],
    ['UZ', '2026-11-02T19:00:00Z', '2026-11-17'],
    // Of a country's zones the last one counts: still 2 November in Hawaii.
    ['US', '2026-11-03T09:59:00Z', '2026-11-16'],
    ['US', '2026-11-03T10:00:00Z', '2026-11-17'],
    // Over the end of summer time, of a month and of a leap year's February.
    ['FR', '2026-10-24T10:00:00Z', '2026-11-09'],
    ['KR', '2028-02-22T03:00:00Z', '2028-02-29'],
    // A country nobody thought of.
    ['XX', '2026-11-02T12:00:00Z', '2026-11-16'],
  ])('in %s for goods delivered at %s is %s', (country, delivered, day) => {
    expect(lastDay('withdrawal', country, at(delivered))).toBe(day);
  });

  it.each([
    ['KR', '2026-11-02T03:00:00Z', '2026-11-09T14:59:59Z', '2026-11-09T15:00:00Z'],
    ['UZ', '2026-11-02T07:00:00Z', '2026-11-16T18:59:59Z', '2026-11-16T19:00:00Z'],
    ['DE', '2026-11-02T11:00:00Z', '2026-11-16T22:59:59Z', '2026-11-16T23:00:00Z'],
    ['US', '2026-11-02T20:00:00Z', '2026-11-17T09:59:59Z', '2026-11-17T10:00:00Z'],
  ])('in %s ends with its last second (delivered %s: %s yes, %s no)', (country, delivered, last, late) => {
    expect(isInTime('withdrawal', country, at(delivered), at(last))).toBe(true);
    expect(isInTime('withdrawal', country, at(delivered), at(late))).toBe(false);
  });

  it('does not run before the goods have arrived', () =>
    expect(isInTime('withdrawal', 'KR', null, at('2036-01-01T00:00:00Z'))).toBe(true));
});

describe('the last day to return what is not as advertised', () => {
  it.each([
    ['KR', '2026-11-02T03:00:00Z', '2027-02-02'],
    // No 30 February: its last day, a Sunday, and so the Monday after.
    ['KR', '2026-11-30T03:00:00Z', '2027-03-01'],
    ['DE', '2026-11-02T11:00:00Z', '2028-11-02'],
  ])('in %s for goods delivered at %s is %s', (country, delivered, day) => {
    expect(lastDay('return', country, at(delivered))).toBe(day);
  });

  it('is never a weekend and never earlier for later goods, anywhere', () => {
    const day = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2032, 0, 1) });
    const kinds = fc.constantFrom<ReturnKind>('withdrawal', 'return');
    fc.assert(
      fc.property(
        kinds,
        fc.constantFrom('KR', 'UZ', 'US', 'DE', 'GB', 'XX'),
        day,
        day,
        (kind, country, a, b) => {
          const [early, late] = [Math.min(a, b), Math.max(a, b)].map(moment =>
            lastDay(kind, country, new Date(moment)),
          );
          expect([0, 6]).not.toContain(new Date(`${early}T12:00:00Z`).getUTCDay());
          expect(early! <= late!).toBe(true);
        },
      ),
    );
  });
});

describe('pieces that can be sent back', () => {
  const line = (facts: Partial<HeldLine> = {}): HeldLine => ({
    orderLineId: 1,
    shippedQuantity: 0,
    refundedQuantity: 0,
    canceledQuantity: 0,
    returningQuantity: 0,
    ...facts,
  });
  it.each([
    ['nothing left', {}, 0],
    ['two left', { shippedQuantity: 2 }, 2],
    [
      'two left, a third was refunded in the warehouse',
      { shippedQuantity: 2, refundedQuantity: 1, canceledQuantity: 1 },
      2,
    ],
    ['two left, one of them was refunded', { shippedQuantity: 2, refundedQuantity: 1 }, 1],
    ['two left, one is on its way back', { shippedQuantity: 2, returningQuantity: 1 }, 1],
    ['all came back', { shippedQuantity: 2, refundedQuantity: 2 }, 0],
    ['refunded while on its way back', { shippedQuantity: 1, refundedQuantity: 1, returningQuantity: 1 }, 0],
  ])('%s', (_words, facts, pieces) => expect(piecesToReturn(line(facts))).toBe(pieces));

  it.each([
    ['none', [], 'nothing'],
    ['one', [{ orderLineId: 1, quantity: 1 }], null],
    ['one too many', [{ orderLineId: 1, quantity: 3 }], 'too-many'],
    [
      'one line twice',
      [
        { orderLineId: 1, quantity: 1 },
        { orderLineId: 1, quantity: 1 },
      ],
      'too-many',
    ],
    ['a line of another order', [{ orderLineId: 7, quantity: 1 }], 'too-many'],
    ['less than one', [{ orderLineId: 1, quantity: 0 }], 'too-many'],
  ] as const)('asked for: %s', (_words, wanted, problem) =>
    expect(returnProblem(wanted, [line({ shippedQuantity: 2 })])).toBe(problem),
  );
});
