import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  paidForLine,
  piecesLeft,
  refundForPieces,
  shippingLeft,
  workOut,
  type Refundable,
  type RefundableLine,
} from '../../src/orders/rules/refunds.js';

const line = (facts: Partial<RefundableLine> = {}): RefundableLine => ({
  orderLineId: 1,
  variantId: 1,
  quantity: 3,
  paid: 100,
  refundedQuantity: 0,
  refundedAmount: 0,
  shippedQuantity: 0,
  canceledQuantity: 0,
  ...facts,
});

describe('what was paid for a line', () => {
  it.each([
    ['is its total where tax is contained', { total: 1_100, taxAdded: false, taxAmount: 100 }, 1_100],
    ['is its total and the tax where that was added', { total: 1_000, taxAdded: true, taxAmount: 80 }, 1_080],
  ])('%s', (_words, facts, paid) => expect(paidForLine(facts)).toBe(paid));
});

describe('pieces of a line', () => {
  it('that cost 100 together are 34, 33 and 33', () => {
    expect(refundForPieces(line(), 1)).toBe(34);
    expect(refundForPieces(line({ refundedQuantity: 1, refundedAmount: 34 }), 1)).toBe(33);
    expect(refundForPieces(line({ refundedQuantity: 2, refundedAmount: 67 }), 1)).toBe(33);
    expect(refundForPieces(line(), 3)).toBe(100);
  });

  it('that wait in the warehouse are the first to be refunded, unless the goods came back', () => {
    const order = { total: 100, lines: [line({ shippedQuantity: 2 })], shippingRefunded: 0 };
    const choice = { lines: [{ orderLineId: 1, quantity: 2, restock: true }], shippingAmount: 0 };
    expect(workOut(order, choice)).toMatchObject({ ok: true, parts: [{ canceled: 1, restocked: 2 }] });
    expect(workOut(order, { ...choice, returned: true })).toMatchObject({ parts: [{ canceled: 0 }] });
  });

  it('of a product that is gone go back on no shelf', () => {
    const order = { total: 100, lines: [line({ variantId: null })], shippingRefunded: 0 };
    const choice = { lines: [{ orderLineId: 1, quantity: 1, restock: true }], shippingAmount: 0 };
    expect(workOut(order, choice)).toMatchObject({ ok: true, parts: [{ restocked: 0, amount: 34 }] });
  });
});

describe('more than there is', () => {
  const order: Refundable = { total: 105, lines: [line({ refundedQuantity: 2 })], shippingRefunded: 2 };
  const pieces = (orderLineId: number, quantity: number) => ({ orderLineId, quantity, restock: false });
  it.each([
    ['pieces than are left', [pieces(1, 2)], 0, 'too-many'],
    ['a line of another order', [pieces(9, 1)], 0, 'too-many'],
    ['the same line twice', [pieces(1, 1), pieces(1, 1)], 0, 'too-many'],
    ['a negative number of pieces', [pieces(1, -1)], 0, 'too-many'],
    ['half a piece', [pieces(1, 0.5)], 0, 'too-many'],
    ['the delivery than is left', [], 4, 'delivery'],
    ['a negative part of the delivery', [pieces(1, 1)], -1, 'delivery'],
    ['nothing', [pieces(1, 0)], 0, 'nothing'],
  ])('%s is refused', (_words, lines, shippingAmount, reason) =>
    expect(workOut(order, { lines, shippingAmount })).toEqual({ ok: false, reason }),
  );
});

/** What a random order was, and what random people want back of it or take back again. */
const orders = fc
  .array(
    fc.record({ quantity: fc.integer({ min: 1, max: 9 }), paid: fc.integer({ min: 0, max: 5_000_000 }) }),
    { minLength: 1, maxLength: 4 },
  )
  .chain(lines =>
    fc.record({
      lines: fc.constant(lines),
      shipping: fc.integer({ min: 0, max: 50_000 }),
      steps: fc.array(
        fc.oneof(
          fc.record({
            kind: fc.constant('refund' as const),
            line: fc.nat(lines.length - 1),
            pieces: fc.integer({ min: 1, max: 9 }),
            shipping: fc.integer({ min: 0, max: 20_000 }),
          }),
          fc.record({ kind: fc.constant('take-back' as const), which: fc.nat(20) }),
        ),
        { maxLength: 20 },
      ),
    }),
  );

interface Done {
  line: number;
  pieces: number;
  amount: number;
  shipping: number;
}

describe('any sequence of partial refunds of any lines', () => {
  it('adds up to the order, never to more, whichever of them were taken back', () => {
    fc.assert(
      fc.property(orders, ({ lines, shipping, steps }) => {
        const total = lines.reduce((sum, { paid }) => sum + paid, shipping);
        let done: Done[] = [];
        const state = (): Refundable => ({
          total,
          shippingRefunded: done.reduce((sum, refund) => sum + refund.shipping, 0),
          lines: lines.map(({ quantity, paid }, index) => {
            const own = done.filter(refund => refund.line === index);
            return line({
              orderLineId: index,
              quantity,
              paid,
              refundedQuantity: own.reduce((sum, { pieces }) => sum + pieces, 0),
              refundedAmount: own.reduce((sum, { amount }) => sum + amount, 0),
            });
          }),
        });
        const given = () => done.reduce((sum, { amount, shipping: part }) => sum + amount + part, 0);
        const refund = (index: number, pieces: number, part: number) => {
          const worked = workOut(state(), {
            lines: [{ orderLineId: index, quantity: pieces, restock: false }],
            shippingAmount: part,
          });
          if (!worked.ok) return;
          expect(worked.parts.every(({ amount }) => amount >= 0)).toBe(true);
          done.push({ line: index, pieces, amount: worked.amount - part, shipping: part });
          expect(given()).toBeLessThanOrEqual(total);
        };
        for (const step of steps) {
          if (step.kind === 'refund') refund(step.line, step.pieces, step.shipping);
          else done = done.filter((_refund, index) => index !== step.which);
        }
        lines.forEach((_line, index) => refund(index, piecesLeft(state().lines[index]!), 0));
        const left = shippingLeft(state());
        if (left > 0) {
          const last = workOut(state(), { lines: [], shippingAmount: left });
          expect(last).toMatchObject({ ok: true, amount: left });
          done.push({ line: -1, pieces: 0, amount: 0, shipping: left });
        }
        expect(given()).toBe(total);
      }),
      { numRuns: 2_000 },
    );
  });
});
