import { describe, expect, it } from 'vitest';
import {
  considerDelivery,
  considerGoods,
  foldCode,
  foldEmail,
  newCode,
  type Candidate,
  type DiscountDraft,
  type Goods,
} from '../../src/discounts/index.js';
import { draftProblem } from '../../src/discounts/draft.js';
import { money, multiply } from '../../src/lib/money.js';
import { candidate, draft } from './make.js';

const now = new Date('2026-11-26T03:00:00Z');
const won = (amount: number) => money(amount, 'KRW');
const goods = (price: number, over: Partial<Goods> = {}): Goods => {
  const quantity = over.quantity ?? 1;
  return {
    productId: 1,
    categoryId: 1,
    quantity,
    unit: won(price),
    worth: multiply(won(price), quantity),
    inSet: false,
    ...over,
  };
};
const consider = (
  discounts: Candidate | Candidate[],
  lines: Goods[],
  customer: { hasOrdered: boolean } | null = null,
) => considerGoods([discounts].flat(), { currency: 'KRW', goods: lines, customer, now });
const outcome = (...given: Parameters<typeof consider>) => consider(...given).considered[0]!.outcome;
const at = (iso: string) => new Date(iso);

describe('a percentage', () => {
  it('is rounded once and shared to the unit', () => {
    const { shares, considered } = consider(candidate({ rateBp: 1_500 }), [
      goods(333),
      goods(333),
      goods(334),
    ]);
    expect(shares.map(({ amount }) => amount)).toEqual([50, 50, 50]);
    expect(considered[0]!.outcome).toEqual({ applied: true, on: 'goods', off: 150 });
  });
  it('of a hundred takes all', () =>
    expect(consider(candidate({ rateBp: 10_000 }), [goods(777)]).shares).toEqual([won(777)]));
});

describe('an amount', () => {
  const off = candidate({ kind: 'amount', amounts: { KRW: 5_000 } });
  it('is taken once, in proportion', () =>
    expect(consider(off, [goods(10_000), goods(30_000)]).shares).toEqual([won(1_250), won(3_750)]));
  it('takes no more than there is', () => expect(outcome(off, [goods(3_000)])).toMatchObject({ off: 3_000 }));
  it('is for its own currencies', () =>
    expect(outcome(candidate({ kind: 'amount', amounts: { USD: 500 } }), [goods(3_000)])).toEqual({
      applied: false,
      reason: 'currency',
    }));
});

describe('buy x, get y', () => {
  const twoPlusOne = candidate({ kind: 'buy_get', rateBp: 10_000, buy: 2, get: 1 });
  it.each<[string, Goods[], number]>([
    ['three pieces: the cheapest is free', [goods(300, { quantity: 2 }), goods(100)], 100],
    [
      'six pieces: the two cheapest, of one line',
      [goods(300, { quantity: 4 }), goods(100, { quantity: 2 })],
      200,
    ],
    ['five pieces: still one', [goods(300, { quantity: 5 })], 300],
    ['pieces of sets do not count', [goods(300, { quantity: 3 }), goods(1, { inSet: true })], 300],
  ])('%s', (_name, lines, off) => expect(outcome(twoPlusOne, lines)).toMatchObject({ applied: true, off }));
  it('says how many are missing', () =>
    expect(outcome(twoPlusOne, [goods(300)])).toEqual({ applied: false, reason: 'too_few', missing: 2 }));
  it('can take a part off', () =>
    expect(outcome({ ...twoPlusOne, rateBp: 5_000 }, [goods(301, { quantity: 3 })])).toMatchObject({
      off: 151,
    }));
});

describe('conditions', () => {
  const names = [{ en: 'Recovery' }];
  it.each<[string, Partial<Candidate>, object]>([
    ['withdrawn', { disabledAt: now }, { reason: 'withdrawn' }],
    ['a second before it begins', { startsAt: at('2026-11-26T03:00:01Z') }, { reason: 'not_yet' }],
    ['the moment it ends', { endsAt: now }, { reason: 'ended' }],
    ['used up', { limitTotal: 3, used: 3 }, { reason: 'used_up' }],
    ['another category', { categoryIds: [2], scope: names }, { reason: 'out_of_scope', scope: names }],
    ['another product', { productIds: [2], scope: names }, { reason: 'out_of_scope', scope: names }],
    ['one won short of the minimum', { minimums: { KRW: 10_001 } }, { reason: 'minimum', missing: 1 }],
    ['a minimum in other currencies only', { minimums: { USD: 1 } }, { reason: 'currency' }],
  ])('%s: refused, and why', (_name, over, why) =>
    expect(outcome(candidate(over), [goods(10_000)])).toMatchObject({ applied: false, ...why }),
  );

  it.each<[string, Partial<Candidate>]>([
    ['the moment it begins', { startsAt: now }],
    ['a second before it ends', { endsAt: at('2026-11-26T03:00:01Z') }],
    ['one use left', { limitTotal: 3, used: 2 }],
    ['its category', { categoryIds: [2, 1] }],
    ['its product, whatever the category', { productIds: [1], categoryIds: [9] }],
    ['the minimum exactly', { minimums: { KRW: 10_000 } }],
  ])('%s: applied', (_name, over) =>
    expect(outcome(candidate(over), [goods(10_000)])).toMatchObject({ applied: true }),
  );

  it('count only goods in the scope towards the minimum', () =>
    expect(
      outcome(candidate({ categoryIds: [2], minimums: { KRW: 10_000 } }), [
        goods(9_000, { categoryId: 2 }),
        goods(50_000),
      ]),
    ).toMatchObject({ reason: 'minimum', missing: 1_000 }));

  it('leave sets alone', () =>
    expect(outcome(candidate(), [goods(9_000, { inSet: true })])).toMatchObject({ reason: 'sets_only' }));

  it('about the customer hold until one is named', () => {
    const first = candidate({ firstOrderOnly: true });
    expect(outcome(first, [goods(9_000)])).toMatchObject({ applied: true });
    expect(outcome(first, [goods(9_000)], { hasOrdered: false })).toMatchObject({ applied: true });
    expect(outcome(first, [goods(9_000)], { hasOrdered: true })).toMatchObject({ reason: 'not_first' });
    const used = (usedByCustomer: number, limitPerCustomer: number) =>
      outcome(candidate({ usedByCustomer, limitPerCustomer }), [goods(9_000)], { hasOrdered: true });
    expect(used(1, 2)).toMatchObject({ applied: true });
    expect(used(2, 2)).toMatchObject({ reason: 'used_by_customer' });
    expect(outcome({ ...first, usedByCustomer: 1 }, [goods(9_000)], { hasOrdered: false })).toMatchObject({
      reason: 'used_by_customer',
    });
  });
});

describe('several discounts', () => {
  const ten = candidate({ id: 1, code: 'A', position: 5 });
  const amount = candidate({ id: 2, code: 'B', kind: 'amount', amounts: { KRW: 1_000 }, position: 1 });
  const automatic = candidate({ id: 3, code: null, rateBp: 5_000, position: 9 });
  const offs = (...list: Candidate[]) =>
    consider(list, [goods(10_000)]).considered.map(({ id, outcome: so }) => [
      id,
      so.applied ? so.off : so.reason,
    ]);

  it('apply automatic ones first, then codes by position, each to what is left', () =>
    expect(offs(ten, amount, automatic)).toEqual([
      [3, 5_000],
      [2, 1_000],
      [1, 400],
    ]));
  it('an exclusive one that comes first keeps the others away', () =>
    expect(offs(ten, { ...amount, exclusive: true })).toEqual([
      [2, 1_000],
      [1, 'exclusive'],
    ]));
  it('an exclusive one that comes later stays away itself', () =>
    expect(offs({ ...ten, exclusive: true }, amount)).toEqual([
      [2, 1_000],
      [1, 'exclusive'],
    ]));
  it('one that takes nothing keeps nobody away', () =>
    expect(offs(ten, { ...amount, exclusive: true, minimums: { KRW: 90_000 } })).toEqual([
      [2, 'minimum'],
      [1, 1_000],
    ]));
});

describe('free delivery', () => {
  const free = candidate({ kind: 'free_delivery' });
  const situation = { currency: 'KRW' as const, goods: [goods(10_000)], customer: null, now };
  it('takes the cost once', () => {
    const { off, considered } = considerDelivery([free, { ...free, id: 2 }], situation, won(3_000));
    expect(off).toEqual(won(3_000));
    expect(considered.map(so => so.outcome)).toEqual([
      { applied: true, on: 'delivery', off: 3_000 },
      { applied: false, reason: 'no_effect' },
    ]);
  });
  it('takes no more than its amount, where it has one, and the rest is left to the next', () => {
    const some = { ...free, position: -1, amounts: { KRW: 2_000 } };
    const { off, considered } = considerDelivery([free, some], situation, won(3_000));
    expect(off).toEqual(won(3_000));
    expect(considered.map(so => so.outcome)).toMatchObject([{ off: 2_000 }, { off: 1_000 }]);
    const dollars = { ...free, amounts: { USD: 500 } };
    expect(considerDelivery([dollars], situation, won(3_000)).considered[0]!.outcome).toMatchObject({
      reason: 'currency',
    });
  });
  it('is not used up where delivery is free already', () =>
    expect(considerDelivery([free], situation, won(0)).considered[0]!.outcome).toMatchObject({
      reason: 'no_effect',
    }));
});

describe('codes', () => {
  it.each([
    ['welcome10', ' WELCOME-10 '],
    ['welcome10', 'Ｗｅｌｃｏｍｅ１０'],
    ['yozgʻoʻlka', 'YOZG‘O’LKA'],
    ['yozgʻoʻlka', 'yozg´o`lka'],
    ['yozgʻoʻlka', 'Yozg＇o\u02BClka'],
    ['설날선물', '설날 – 선물'],
    ['설날선물', '설날선물'.normalize('NFD')],
    ['ab', 'a\u200Bb'],
  ])('%s is also typed as "%s"', (folded, typed) => expect(foldCode(typed)).toBe(folded));

  it.each(['', '  ', '---', 'x'.repeat(65)])('"%s" is none', typed => expect(foldCode(typed)).toBeNull());

  it('made by the store have 64 bits and more, and are never the same', () => {
    const made = Array.from({ length: 1_000 }, newCode);
    expect(new Set(made).size).toBe(1_000);
    for (const code of made)
      expect(code).toMatch(/^([34679ACDEFGHJKMNPQRTWXY]{5}-){2}[34679ACDEFGHJKMNPQRTWXY]{5}$/);
    expect(15 * Math.log2(23)).toBeGreaterThan(64);
  });

  it('know a customer by one spelling', () =>
    expect(foldEmail(' Minji.KIM@Example.com')).toBe('minji.kim@example.com'));
});

describe('a draft', () => {
  it.each<[string, Partial<DiscountDraft>]>([
    ['name', { name: { en: ' ' } }],
    ['code', { code: '--' }],
    ['rate', { rateBp: 0 }],
    ['rate', { rateBp: 10_001 }],
    ['rate', { rateBp: 1.5 }],
    ['amounts', { kind: 'amount', amounts: {} }],
    ['amounts', { kind: 'amount', amounts: { KRW: -1 } }],
    ['pieces', { kind: 'buy_get', buy: 0, get: 1 }],
    ['minimums', { minimums: { USD: 0.5 } }],
    ['times', { startsAt: now, endsAt: now }],
    ['limits', { limitTotal: 0 }],
    ['exclusive', { kind: 'free_delivery', exclusive: true }],
  ])('is refused for its %s', (problem, over) => expect(draftProblem(draft(over))).toBe(problem));
  it('that is whole is taken', () => expect(draftProblem(draft())).toBeNull());
});
