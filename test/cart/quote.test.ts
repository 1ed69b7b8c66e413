import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, type Quote, type QuoteInput, type QuoteLine } from '../../src/cart/index.js';
import type { Candidate } from '../../src/discounts/index.js';
import { money, zero, type Currency, type Money } from '../../src/lib/money.js';
import { UNTAXED, type TaxRules } from '../../src/tax/index.js';
import { candidate } from '../discounts/make.js';

const now = new Date('2026-11-26T03:00:00Z');
const KOREA: TaxRules = { contained: true, rates: { standard: 1_000, zero: 0 } };
const GERMANY: TaxRules = { contained: false, rates: { standard: 1_900, reduced: 700, zero: 0 } };

const won = (amount: number) => money(amount, 'KRW');
const line = (over: Partial<QuoteLine> & { unit: Money }): QuoteLine => ({
  variantId: 1,
  productId: 1,
  categoryId: 1,
  taxClass: 'standard',
  weightGrams: 1_000,
  quantity: 1,
  bundle: null,
  ...over,
});
const input = (over: Partial<QuoteInput> & Pick<QuoteInput, 'lines'>): QuoteInput => ({
  currency: 'KRW',
  discounts: [],
  customer: null,
  delivery: goods => (goods.amount === 0 || goods.amount >= 50_000 ? won(0) : won(3_000)),
  taxes: KOREA,
  now,
  ...over,
});

describe('a quote', () => {
  it('of one line in Korea holds a tax that changes nothing', () => {
    const quoted = quote(input({ lines: [line({ unit: won(22_000), quantity: 2 })] }));
    expect(quoted.lines[0]!.tax).toEqual({ rateBp: 1_000, amount: won(4_000), added: false });
    expect(quoted.taxContained).toEqual(won(4_273)); // 4,000 of the goods, 273 of 3,000 for delivery
    expect(quoted.taxTotal).toEqual(won(0));
    expect(quoted.total).toEqual(won(47_000));
  });

  it('adds the tax of goods and delivery where it is added', () => {
    const usd = (amount: number) => money(amount, 'USD');
    const quoted = quote(
      input({
        currency: 'USD',
        lines: [line({ unit: usd(99_99) }), line({ variantId: 2, unit: usd(10_00), taxClass: 'reduced' })],
        delivery: () => usd(15_00),
        taxes: GERMANY,
      }),
    );
    expect(quoted.lines.map(({ tax }) => tax.amount.amount)).toEqual([19_00, 70]);
    expect(quoted.shippingTax.amount.amount).toBe(2_85);
    expect(quoted.taxTotal).toEqual(usd(22_55));
    expect(quoted.taxContained).toEqual(usd(0));
    expect(quoted.total).toEqual(usd(99_99 + 10_00 + 15_00 + 22_55));
  });

  it('is untaxed where the store knows no tax', () => {
    const quoted = quote(input({ lines: [line({ unit: won(9_000) })], taxes: UNTAXED }));
    expect([quoted.taxTotal.amount, quoted.taxContained.amount, quoted.total.amount]).toEqual([0, 0, 12_000]);
  });

  it('shares what a set saves over its lines only, and gives sets no discount', () => {
    const bundle = { id: 7, name: 'Starter set', saving: won(10_001) };
    const quoted = quote(
      input({
        lines: [
          line({ variantId: 1, unit: won(30_000), bundle }),
          line({ variantId: 2, unit: won(30_000), bundle }),
          line({ variantId: 1, unit: won(30_000) }),
        ],
        discounts: [candidate()],
      }),
    );
    expect(quoted.lines.map(({ discountShare }) => discountShare.amount)).toEqual([5_001, 5_000, 3_000]);
    expect(quoted.discountTotal).toEqual(won(13_001));
    expect(quoted.sets).toEqual([{ id: 7, name: 'Starter set', saving: won(10_001) }]);
  });

  it('works delivery out from the goods after discounts, then takes it away for free delivery', () => {
    const free = candidate({ id: 2, code: null, kind: 'free_delivery', position: 9 });
    const lines = [line({ unit: won(52_000) })];
    const dear = quote(input({ lines, discounts: [candidate()] }));
    expect([dear.shippingBase.amount, dear.shippingTotal.amount]).toEqual([3_000, 3_000]);
    const quoted = quote(input({ lines, discounts: [candidate(), free] }));
    expect([quoted.shippingBase.amount, quoted.shippingTotal.amount]).toEqual([3_000, 0]);
    expect(quoted.total).toEqual(won(46_800));
    expect(quoted.discounts.map(({ outcome }) => outcome)).toEqual([
      { applied: true, on: 'goods', off: 5_200 },
      { applied: true, on: 'delivery', off: 3_000 },
    ]);
  });

  it('can come to nothing, and never below', () => {
    const gift = candidate({ kind: 'amount', amounts: { KRW: 1_000_000 } });
    const quoted = quote(input({ lines: [line({ unit: won(9_000) })], discounts: [gift] }));
    expect([quoted.discountTotal.amount, quoted.shippingTotal.amount, quoted.total.amount]).toEqual([
      9_000, 0, 0,
    ]);
  });

  it('makes no tiyin that nobody is shown', () => {
    const som = (amount: number) => money(amount, 'UZS');
    const quoted = quote(
      input({
        currency: 'UZS',
        lines: [
          line({ variantId: 1, unit: som(333_333_00) }),
          line({ variantId: 2, unit: som(111_111_00), quantity: 2 }),
        ],
        discounts: [candidate({ rateBp: 333 })],
        delivery: () => som(35_000_00),
        taxes: { contained: true, rates: { standard: 1_200 } },
      }),
    );
    const figures = quoted.lines.flatMap(({ discountShare, total, tax }) => [
      discountShare,
      total,
      tax.amount,
    ]);
    for (const { amount } of [...figures, quoted.total, quoted.taxContained]) expect(amount % 100).toBe(0);
  });
});

/** Carts with sets, classes and any mixture of discounts, for the rules that hold for all of them. */
const carts = fc
  .record({
    currency: fc.constantFrom<Currency>('USD', 'KRW', 'UZS'),
    taxes: fc.constantFrom(KOREA, GERMANY, UNTAXED),
    parts: fc.uniqueArray(
      fc.record({
        variantId: fc.integer({ min: 1, max: 12 }),
        set: fc.constantFrom(0, 0, 0, 1, 2),
        quantity: fc.integer({ min: 1, max: 99 }),
        price: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 9_000_000_000 })),
        taxClass: fc.constantFrom('standard', 'reduced', 'zero', 'unheard-of'),
        categoryId: fc.constantFrom(1, 2, null),
      }),
      { maxLength: 14, selector: ({ variantId, set }) => `${set}/${variantId}` },
    ),
    savings: fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 9_000_000_000 })),
    discounts: fc.array(
      fc.record({
        code: fc.constantFrom(null, 'CODE'),
        kind: fc.constantFrom<Candidate['kind']>('percent', 'amount', 'free_delivery', 'buy_get'),
        rateBp: fc.integer({ min: 1, max: 10_000 }),
        amount: fc.integer({ min: 1, max: 9_000_000 }),
        minimum: fc.constantFrom(0, 0, 100_000),
        buy: fc.integer({ min: 1, max: 3 }),
        get: fc.integer({ min: 1, max: 2 }),
        categoryIds: fc.constantFrom<number[][]>([], [], [1], [2]),
        exclusive: fc.boolean(),
        position: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 5 },
    ),
    deliveryCost: fc.constantFrom(0, 3_000, 190_000_00),
    mixed: fc.infiniteStream(fc.nat()),
  })
  .map(({ currency, taxes, parts, savings, discounts, deliveryCost, mixed }) => {
    const unitOf = new Map(parts.map(({ variantId, price }) => [variantId, money(price, currency)]));
    const lines = parts.map(({ variantId, set, quantity, taxClass, categoryId }) =>
      line({
        variantId,
        productId: variantId,
        categoryId,
        taxClass,
        quantity,
        unit: unitOf.get(variantId)!,
        bundle:
          set === 0 ? null : { id: set, name: `Set ${set}`, saving: money(savings[set - 1]!, currency) },
      }),
    );
    const candidates = discounts.map(({ amount, minimum, ...rest }, id) =>
      candidate({
        ...rest,
        id,
        amounts: { [currency]: amount },
        minimums: minimum ? { [currency]: minimum } : {},
      }),
    );
    const made = input({
      currency,
      taxes,
      lines,
      discounts: candidates,
      delivery: goods => (goods.amount === 0 ? zero(currency) : money(deliveryCost, currency)),
    });
    return { made, mixed: [...mixed.take(20)] };
  });

const total = (list: readonly number[]) => list.reduce((so, amount) => so + amount, 0);

/** What does not hold for a quote, each as one line: asked once a cart, for ten thousand of them. */
function violations(quoted: Quote, { taxes }: QuoteInput): string[] {
  const { lines, linesTotal, discountTotal, shippingBase, shippingTotal, taxTotal, taxContained } = quoted;
  const off = quoted.discounts.flatMap(({ outcome }) => (outcome.applied ? [outcome] : []));
  const offOn = (on: 'goods' | 'delivery') => total(off.filter(o => o.on === on).map(o => o.off));
  const sets = total(quoted.sets.map(({ saving }) => saving.amount));
  const allTaxes = total(
    [...lines.map(({ tax }) => tax), quoted.shippingTax].map(({ amount }) => amount.amount),
  );
  const sums: [string, number, number][] = [
    ['lines', total(lines.map(({ unit, quantity }) => unit.amount * quantity)), linesTotal.amount],
    ['shares', total(lines.map(({ discountShare }) => discountShare.amount)), discountTotal.amount],
    // The discounts and sets that are named as applied are all there is.
    ['off goods', offOn('goods') + sets, discountTotal.amount],
    ['off delivery', shippingBase.amount - offOn('delivery'), shippingTotal.amount],
    ['taxes', allTaxes, taxTotal.amount + taxContained.amount],
    [
      'total',
      linesTotal.amount - discountTotal.amount + shippingTotal.amount + taxTotal.amount,
      quoted.total.amount,
    ],
    ...lines.map(({ unit, quantity, discountShare, total: left }): [string, number, number] => [
      'line',
      unit.amount * quantity - discountShare.amount,
      left.amount,
    ]),
  ];
  const least = [
    quoted.total.amount,
    shippingTotal.amount,
    quoted.total.amount - taxContained.amount,
    taxes.contained ? -taxTotal.amount : 0,
    ...lines.flatMap(({ discountShare, total: left }) => [discountShare.amount, left.amount]),
  ];
  return [
    ...sums
      .filter(([, one, other]) => one !== other)
      .map(([what, one, other]) => `${what}: ${one}, not ${other}`),
    ...least.filter(amount => amount < 0).map(amount => `below zero: ${amount}`),
  ];
}

describe('for 10,000 random carts', () => {
  it('everything adds up to the unit, nothing is below zero, and the order of adding does not matter', () => {
    fc.assert(
      fc.property(carts, ({ made, mixed }) => {
        const quoted = quote(made);
        expect(violations(quoted, made)).toEqual([]);

        const other = made.lines
          .map((_, at) => at)
          .toSorted((a, b) => (mixed[a] ?? 0) - (mixed[b] ?? 0) || a - b);
        const again = quote({
          ...made,
          lines: other.map(at => made.lines[at]!),
          discounts: made.discounts.toReversed(),
        });
        const inOrder = other.map(at => quoted.lines[at]);
        expect(JSON.stringify(again)).toBe(JSON.stringify({ ...quoted, lines: inOrder }));
      }),
      { numRuns: 10_000 },
    );
  }, 300_000);
});
