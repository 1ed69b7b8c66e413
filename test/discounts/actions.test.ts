import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  claimDiscounts,
  createDiscount,
  disableDiscount,
  ensureDiscount,
  findDiscount,
  listCandidates,
  listDiscounts,
  reclaimDiscounts,
  redeemDiscounts,
  releaseDiscounts,
  updateDiscount,
  type DiscountDraft,
} from '../../src/discounts/index.js';
import { inTransaction, type Tx } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { draft, makeDiscount } from './make.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const now = new Date('2026-11-26T03:00:00Z');
const make = (over: Partial<DiscountDraft>) => makeDiscount(database.db, over);
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(database.db, work);
const used = async (id: number) =>
  (await database.db('discounts').where({ id }).first<{ used: number }>('used')).used;

let made = 0;
/** A cart and an order of it, as far as claims need them. */
async function order(): Promise<{ cartId: number; orderId: number }> {
  const nth = (made += 1);
  const [cart] = await database
    .db('carts')
    .insert({ token: `token-of-the-cart-${String(nth).padStart(6, '0')}` })
    .returning<{ id: number }[]>('id');
  const [row] = await database
    .db('orders')
    .insert({
      number: `TEST-${nth}`,
      access_key: 'a key that is long enough',
      cart_id: cart!.id,
      locale: 'en',
      currency: 'KRW',
      fingerprint: 'none',
      email: 'somebody@example.com',
      name: 'Somebody',
      phone: '+82101234567',
      country: 'KR',
      address1: 'Somewhere',
      lines_total: 0,
      shipping_total: 0,
      total: 0,
      delivery_from: '2026-12-01',
      delivery_to: '2026-12-02',
      expires_at: now,
    })
    .returning<{ id: number }[]>('id');
  return { cartId: cart!.id, orderId: row!.id };
}
async function claim(id: number, customer: string, at = now) {
  const who = await order();
  const result = await act(tx => claimDiscounts(tx, { discountIds: [id], ...who, customer, now: at }));
  return { ...who, ok: result.ok };
}
const tally = (results: readonly { ok: boolean }[]) => results.filter(({ ok }) => ok).length;

describe('claiming', () => {
  it('never goes over the total, however many connections try at once', async () => {
    const id = await make({ code: 'THREE', limitTotal: 3 });
    const tries = await Promise.all(Array.from({ length: 12 }, (_, at) => claim(id, `c${at}@example.com`)));
    expect([tally(tries), await used(id)]).toEqual([3, 3]);
  });

  it('never goes over a customer’s limit, and fills it exactly', async () => {
    const id = await make({ code: 'EACH-TWO', limitPerCustomer: 2 });
    const customers = ['a@example.com', 'b@example.com'];
    const tries = await Promise.all(
      customers.flatMap(customer => Array.from({ length: 6 }, () => claim(id, customer))),
    );
    expect(tally(tries)).toBe(4);
    const places = await database
      .db('discount_claims')
      .where({ discount_id: id })
      .orderBy(['customer', 'place']);
    expect(
      places.map(({ customer, place }: { customer: string; place: number }) => [customer, place]),
    ).toEqual([
      ['a@example.com', 1],
      ['a@example.com', 2],
      ['b@example.com', 1],
      ['b@example.com', 2],
    ]);
  });

  it('of two discounts in both orders at once never blocks for ever', async () => {
    const [one, two] = [
      await make({ code: 'PAIR-1', limitTotal: 50 }),
      await make({ code: 'PAIR-2', limitTotal: 50 }),
    ];
    const tries = await Promise.all(
      Array.from({ length: 10 }, async (_, at) => {
        const who = await order();
        const discountIds = at % 2 === 0 ? [one, two] : [two, one];
        return await act(tx =>
          claimDiscounts(tx, { discountIds, ...who, customer: `p${at}@example.com`, now }),
        );
      }),
    );
    expect([tally(tries), await used(one), await used(two)]).toEqual([10, 10, 10]);
  });

  it.each<[string, Partial<DiscountDraft>, boolean]>([
    ['before it begins', { startsAt: new Date('2026-11-26T03:00:01Z') }, false],
    ['the moment it begins', { startsAt: now }, true],
    ['the moment it ends', { endsAt: now }, false],
  ])('%s: %#', async (name, over, ok) => {
    const id = await make({ code: `AT ${name}`, ...over });
    expect((await claim(id, 'x@example.com')).ok).toBe(ok);
  });

  it('is refused once it is withdrawn, and allowed when it is brought back', async () => {
    const id = await make({ code: 'SWITCH', limitTotal: 5 });
    await act(tx => disableDiscount(tx, { id, disabled: true, now }));
    expect((await claim(id, 'x@example.com')).ok).toBe(false);
    await act(tx => disableDiscount(tx, { id, disabled: false, now }));
    expect((await claim(id, 'x@example.com')).ok).toBe(true);
    expect((await act(tx => disableDiscount(tx, { id: 999_999, disabled: true, now }))).ok).toBe(false);
  });

  it('is given back once, redeemed once, and a redeemed one is not given back', async () => {
    const id = await make({ code: 'LIFE', limitTotal: 2 });
    const first = await claim(id, 'x@example.com');
    await Promise.all([0, 1, 2].map(() => act(tx => releaseDiscounts(tx, { ...first, now }))));
    expect(await used(id)).toBe(0);
    expect((await act(tx => reclaimDiscounts(tx, { ...first, now }))).ok).toBe(true);
    expect((await act(tx => reclaimDiscounts(tx, { ...first, now }))).ok).toBe(true);
    expect(await used(id)).toBe(1);
    for (let times = 0; times < 2; times += 1) await act(tx => redeemDiscounts(tx, { ...first, now }));
    await act(tx => releaseDiscounts(tx, { ...first, now }));
    expect(await used(id)).toBe(1);
    expect(await findDiscount(database.db, { id })).toMatchObject({ claimed: 0, redeemed: 1 });
  });

  it('again, for late money, asks only whether there is room', async () => {
    const id = await make({ code: 'ROOM', limitTotal: 1, endsAt: new Date('2026-11-26T03:00:01Z') });
    const first = await claim(id, 'x@example.com');
    await act(tx => releaseDiscounts(tx, { ...first, now }));
    await act(tx => disableDiscount(tx, { id, disabled: true, now }));
    const late = new Date('2026-11-27T03:00:00Z');
    expect((await act(tx => reclaimDiscounts(tx, { ...first, now: late }))).ok).toBe(true);
    await act(tx => releaseDiscounts(tx, { ...first, now: late }));
    await act(tx => disableDiscount(tx, { id, disabled: false, now }));
    expect((await claim(id, 'y@example.com')).ok).toBe(true);
    expect((await act(tx => reclaimDiscounts(tx, { ...first, now: late }))).ok).toBe(false);
  });
});

describe('considering', () => {
  it('does not count a cart’s own waiting order against it', async () => {
    const id = await make({ code: 'OWN', limitTotal: 1, limitPerCustomer: 1 });
    const mine = await claim(id, 'x@example.com');
    const seen = async (cartId: number) => {
      const [found] = await listCandidates(database.db, {
        codes: ['own'],
        cartId,
        customers: ['x@example.com'],
        now,
      });
      return [found!.used, found!.usedByCustomer];
    };
    expect(await seen(mine.cartId)).toEqual([0, 0]);
    expect(await seen((await order()).cartId)).toEqual([1, 1]);
  });

  it('finds automatic ones of this moment without being asked, codes whatever their state', async () => {
    await make({ code: null, name: { en: 'Now' } });
    await make({ code: null, name: { en: 'Past' }, endsAt: now });
    await make({ code: null, name: { en: 'Later' }, startsAt: new Date('2027-01-01T00:00:00Z') });
    const old = await make({ code: 'OLD', endsAt: new Date('2020-01-01T00:00:00Z') });
    const found = await listCandidates(database.db, { codes: ['old'], cartId: 0, customers: [], now });
    expect(found.map(({ id, name }) => (id === old ? 'OLD' : name.en))).toEqual(['Now', 'OLD']);
  });
});

describe('staff', () => {
  it('make a code once, however it is written', async () => {
    const create = (code: string) => act(tx => createDiscount(tx, { draft: draft({ code }), now }));
    const both = await Promise.all([create('YOZGʻI-10'), create("yozg'i 10")]);
    expect(tally(both)).toBe(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'code-taken' });
    expect(await create('--')).toEqual({ ok: false, reason: 'draft', problem: 'code' });
  });

  it('change everything but code and kind; a new total limit begins with the true count', async () => {
    const id = await make({ code: 'GROWS' });
    await Promise.all([0, 1, 2].map(at => claim(id, `g${at}@example.com`)));
    expect(await used(id)).toBe(0);
    const changed = await act(tx =>
      updateDiscount(tx, {
        id,
        draft: draft({
          code: 'OTHER',
          kind: 'free_delivery',
          limitTotal: 4,
          rateBp: 2_000,
          name: { en: 'Fifth' },
        }),
        now,
      }),
    );
    expect(changed).toEqual({ ok: true, id });
    expect(await findDiscount(database.db, { id })).toMatchObject({
      code: 'GROWS',
      kind: 'percent',
      rateBp: 2_000,
      limitTotal: 4,
      claimed: 3,
    });
    const more = await Promise.all([0, 1, 2].map(at => claim(id, `h${at}@example.com`)));
    expect([tally(more), await used(id)]).toEqual([1, 4]);
    expect(await act(tx => updateDiscount(tx, { id: 999_999, draft: draft(), now }))).toEqual({
      ok: false,
      reason: 'unknown',
    });
  });

  it('set a total limit while buyers claim: no use is lost from the count', async () => {
    const id = await make({ code: 'MEANWHILE' });
    const limited = act(tx => updateDiscount(tx, { id, draft: draft({ limitTotal: 5 }), now }));
    const tries = await Promise.all(Array.from({ length: 8 }, (_, at) => claim(id, `m${at}@example.com`)));
    await limited;
    const living = await database
      .db('discount_claims')
      .where({ discount_id: id })
      .whereNot({ state: 'released' });
    expect([living.length, await used(id)]).toEqual([tally(tries), tally(tries)]);
    expect((await claim(id, 'last@example.com')).ok).toBe(tally(tries) < 5);
  });

  it('see all of them with their use, withdrawn ones last', async () => {
    const id = await make({ code: 'LAST-OF-ALL', position: -99 });
    await act(tx => disableDiscount(tx, { id, disabled: true, now }));
    const list = await listDiscounts(database.db);
    expect(list.at(-1)!.id).toBe(id);
    expect(list.find(({ code }) => code === 'THREE')).toMatchObject({
      claimed: 3,
      redeemed: 0,
      limitTotal: 3,
    });
  });

  it('keep their changes when the demo is filled again', async () => {
    const id = await make({ code: 'SEEDED' });
    await act(tx => updateDiscount(tx, { id, draft: draft({ rateBp: 4_200 }), now }));
    await act(tx => ensureDiscount(tx, { draft: draft({ code: 'seeded' }), now }));
    expect((await findDiscount(database.db, { id }))!.rateBp).toBe(4_200);
  });
});
