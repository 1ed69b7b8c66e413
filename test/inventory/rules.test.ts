import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameBack, fellLow, inLockOrder, stepOf } from '../../src/inventory/rules/movements.js';

describe('a movement seen from who buys', () => {
  it.each([
    ['a receipt', { onHandAfter: 5, reservedAfter: 1, delta: 3, reservedDelta: 0 }, { before: 1, after: 4 }],
    ['holding', { onHandAfter: 5, reservedAfter: 3, delta: 0, reservedDelta: 2 }, { before: 4, after: 2 }],
    [
      'letting go',
      { onHandAfter: 5, reservedAfter: 0, delta: 0, reservedDelta: -3 },
      { before: 2, after: 5 },
    ],
    [
      'a sale of what was held',
      { onHandAfter: 3, reservedAfter: 0, delta: -2, reservedDelta: -2 },
      { before: 3, after: 3 },
    ],
  ])('%s', (_, movement, step) => {
    expect(stepOf(movement)).toEqual(step);
  });
});

describe('a fall', () => {
  it.each([
    [4, 3, 3, true],
    [4, 0, 3, true],
    [3, 2, 3, false],
    [5, 4, 3, false],
    [3, 4, 3, false],
    [1, 0, 0, true],
    [0, 0, 0, false],
  ])('from %i to %i with the threshold %i: %s', (before, after, threshold, fell) => {
    expect(fellLow({ before, after }, threshold)).toBe(fell);
  });

  it('is told as often as the count goes from above the threshold to it or below', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(8), { minLength: 2 }), fc.nat(8), (counts, threshold) => {
        const told = counts
          .slice(1)
          .filter((after, index) => fellLow({ before: counts[index]!, after }, threshold)).length;
        // Counted otherwise: runs of "low" that do not begin the story.
        const runs =
          counts
            .map(count => (count <= threshold ? 'L' : 'H'))
            .join('')
            .match(/HL+/g) ?? [];
        expect(told).toBe(runs.length);
      }),
    );
  });
});

it('only what goes from nothing to something has come back', () => {
  expect(cameBack({ before: 0, after: 1 })).toBe(true);
  expect(cameBack({ before: 1, after: 2 })).toBe(false);
  expect(cameBack({ before: 0, after: 0 })).toBe(false);
});

describe('lines in lock order', () => {
  it('are one a variant, ascending, and keep every piece', () => {
    const line = fc.record({
      variantId: fc.integer({ min: 1, max: 6 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    });
    const pieces = (lines: readonly { quantity: number }[]) =>
      lines.reduce((sum, { quantity }) => sum + quantity, 0);
    fc.assert(
      fc.property(fc.array(line), lines => {
        const ordered = inLockOrder(lines);
        const ids = ordered.map(({ variantId }) => variantId);
        expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        expect(pieces(ordered)).toBe(pieces(lines));
      }),
    );
  });
});
