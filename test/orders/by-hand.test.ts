import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { formatMoney, money } from '../../src/lib/money.js';
import { refundPreview, takeBackRefund } from '../../src/orders/index.js';
import { startShop, type Shop } from '../support/shop.js';
import { byHandDesk } from './by-hand-desk.js';
import { buy, EN, KO, type Bought } from './paid.js';

let shop: Shop;
let desk: ReturnType<typeof byHandDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = byHandDesk(shop);
});
afterAll(() => shop.close());
afterEach(async () => {
  shop.stripe.calm();
  shop.toss.calm();
  await desk.untilQuiet();
  expect(await audit(shop.db)).toEqual([]);
});

const at = ({ link }: Bought, rest = '') => link.replace('?', `${rest}?`);
const preview = ({ orderId: id, total }: Bought) =>
  refundPreview(shop.db, { order: { id, total }, choice: { lines: [], shippingAmount: 0 } });
const printed = ({ locale }: { locale: string }, amount: number) =>
  formatMoney(money(amount, locale === 'ko' ? 'KRW' : 'USD'), locale);

/** Given back by hand in part, and known to the shop. */
async function partlyGiven(buyer: typeof EN | typeof KO, quantity = 3, part = 1_000): Promise<Bought> {
  const bought = await buy(shop, { ...buyer, quantity });
  await desk.giveByHand(buyer.provider, bought, part);
  await desk.untilQuiet();
  expect(await desk.imported(bought)).toMatchObject([{ state: 'succeeded', amount: part }]);
  return bought;
}

describe.each([EN, KO])('an order of which a part was given back by hand at $provider', buyer => {
  const { provider, locale } = buyer;

  it('is canceled by its buyer: the rest goes back by itself, goods are on the shelf, sums are right everywhere', async () => {
    const bought = await partlyGiven(buyer);
    const before = await desk.onHand(bought);
    const rest = bought.total - 1_000;
    const page = await bought.visitor.get(at(bought, '/cancellation'));
    expect(page.text).toContain(printed(buyer, rest));
    expect(page.text).toContain(printed(buyer, 1_000));
    const answered = await bought.visitor.post(at(bought, '/cancellation'), { confirm: 'refund' });
    expect(await desk.stateOf(bought)).toMatchObject({ order: 'canceled', promised: bought.total });
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toMatchObject({ order: 'canceled', payment: 'refunded' });
    expect(desk.givenAt(provider, bought)).toEqual([1_000, rest]);
    expect(await desk.onHand(bought)).toBe(before + 3);
    expect(await desk.listed(bought)).toEqual([
      ['succeeded', 1_000, 0],
      ['succeeded', rest, 1_000],
    ]);

    const shown = (await bought.visitor.open(answered.location!)).text;
    for (const amount of [1_000, rest]) expect(shown).toContain(printed(buyer, amount));
    const receipt = (await bought.visitor.get(at(bought, '/receipt'))).text;
    expect(receipt).toContain(`<dd>${printed(buyer, 0)}</dd>`);
    expect(receipt).toContain(`<dd>−${printed(buyer, rest)}</dd>`);
    const letters = shop.mail.letters().filter(({ text }) => text.includes(bought.number));
    const canceled = letters.find(({ subject }) => /canceled|취소/.test(subject))!;
    expect(canceled.text).toContain(printed(buyer, rest));
    const about = letters.filter(({ subject }) => /way back|환불/.test(subject)).map(({ text }) => text);
    for (const amount of [1_000, rest])
      expect(about.filter(text => text.includes(`${printed(buyer, amount)} `))).toHaveLength(1);
    expect(locale === 'ko' ? about.length : 2).toBe(2);
  });

  it('is refunded piece by piece: whole while it fits, the last pieces get the rest', async () => {
    const bought = await partlyGiven(buyer);
    const line = bought.lines[0]!;
    const first = await desk.refund(bought, { lines: desk.pieces(bought, 1) });
    expect(first).toMatchObject({ ok: true, amount: { amount: Math.ceil(line.total / 3) } });
    const { shippingLeft, leftSplit } = await preview(bought);
    expect(leftSplit).toEqual({ amount: bought.total - 1_000 - Math.ceil(line.total / 3), before: 1_000 });
    const last = await desk.refund(bought, {
      lines: desk.pieces(bought, 2, true),
      shippingAmount: shippingLeft,
      expected: leftSplit.amount,
    });
    expect(last).toMatchObject({ ok: true, amount: { amount: leftSplit.amount } });
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toEqual({
      order: 'refunded',
      payment: 'refunded',
      promised: bought.total,
    });
    expect(desk.givenAt(provider, bought).reduce((sum, amount) => sum + amount, 0)).toBe(bought.total);
  });

  it('refunded by hand while it is canceled: whichever comes first, all of it goes back once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bought = await buy(shop, { ...buyer, quantity: 2 });
      const before = await desk.onHand(bought);
      const both = [() => desk.giveByHand(provider, bought, 700), () => desk.cancel(bought)];
      await Promise.all((round % 2 === 0 ? both : both.toReversed()).map(act => act()));
      await desk.untilQuiet();
      expect(await desk.onHand(bought)).toBe(before + 2);
      // Our whole refund may have been on its way when the hand was faster: refused, visible, and given when asked again.
      if ((await desk.stateOf(bought)).payment !== 'refunded') {
        expect(await desk.listed(bought)).toContainEqual(['failed', bought.total, 0]);
        expect(await desk.retry(bought, await desk.refundId(bought))).toEqual({ ok: true });
        await desk.untilQuiet();
      }
      expect(await desk.stateOf(bought)).toEqual({
        order: 'canceled',
        payment: 'refunded',
        promised: bought.total,
      });
      expect(desk.givenAt(provider, bought).reduce((sum, amount) => sum + amount, 0)).toBe(bought.total);
    }
  });

  it('given back by hand after our own refund was promised: ours is refused, stays visible, and the rest is given on request', async () => {
    const bought = await buy(shop, { ...buyer, quantity: 2 });
    const stumble = { effect: 'before', times: 2 } as const;
    if (provider === 'stripe') shop.stripe.trouble({ kind: 'error', on: 'refund', ...stumble });
    else shop.toss.trouble({ kind: 'error', on: 'cancel', ...stumble });
    await desk.cancel(bought);
    await desk.giveByHand(provider, bought, 900);
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toMatchObject({ order: 'canceled', promised: 900 });
    expect(await desk.listed(bought)).toContainEqual(['failed', bought.total, 0]);
    const orderRefundId = await desk.refundId(bought);
    const answers = await Promise.all([1, 2, 3].map(() => desk.retry(bought, orderRefundId)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toMatchObject({ payment: 'refunded', promised: bought.total });
    expect(desk.givenAt(provider, bought)).toEqual([900, bought.total - 900]);
    expect(await desk.listed(bought)).toContainEqual(['succeeded', bought.total - 900, 900]);
  });

  it('all of it by hand: canceling before the shop has taken that in or refunding its pieces after moves no money', async () => {
    const bought = await buy(shop, { ...buyer, quantity: 2 });
    const before = await desk.onHand(bought);
    await desk.giveByHand(provider, bought);
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toMatchObject({ order: 'refunded', payment: 'refunded' });
    expect(await desk.cancel(bought)).toEqual({ ok: false, reason: 'state' });
    const { shippingLeft, leftSplit } = await preview(bought);
    expect(leftSplit).toEqual({ amount: 0, before: bought.total });
    const counted = await desk.refund(bought, {
      lines: desk.pieces(bought, 2, true),
      shippingAmount: shippingLeft,
      expected: 0,
    });
    expect(counted).toMatchObject({ ok: true, amount: { amount: 0 } });
    expect(await desk.onHand(bought)).toBe(before + 2);
    expect(await desk.refund(bought, { lines: desk.pieces(bought, 1) })).toEqual({
      ok: false,
      reason: 'state',
    });
    expect(await desk.listed(bought)).toEqual([
      ['succeeded', bought.total, 0],
      ['done', 0, bought.total],
    ]);
    expect(desk.givenAt(provider, bought)).toEqual([bought.total]);
  });
});

describe('what was shown', () => {
  it('is refused when somebody gave by hand meanwhile, and done as it is shown then', async () => {
    const bought = await buy(shop, { ...EN, quantity: 2 });
    const { shippingLeft, leftSplit } = await preview(bought);
    const all = { lines: desk.pieces(bought, 2), shippingAmount: shippingLeft };
    await desk.giveByHand('stripe', bought, 500);
    await desk.untilQuiet();
    expect(await desk.refund(bought, { ...all, expected: leftSplit.amount })).toEqual({
      ok: false,
      reason: 'changed',
    });
    expect(await desk.stateOf(bought)).toMatchObject({ order: 'paid', promised: 500 });
    expect(await desk.refund(bought, { ...all, expected: leftSplit.amount - 500 })).toMatchObject({
      ok: true,
    });
  });

  it('sent six times at once is one refund and one use of what was given by hand', async () => {
    const bought = await partlyGiven(EN);
    const { shippingLeft, leftSplit } = await preview(bought);
    const form = { lines: desk.pieces(bought, 3), shippingAmount: shippingLeft, token: 'one form of all' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.refund(bought, form)));
    expect(answers.filter(answer => answer.ok && !answer.repeated)).toHaveLength(1);
    for (const answer of answers) expect(answer).toMatchObject({ amount: { amount: leftSplit.amount } });
    await desk.untilQuiet();
    expect(desk.givenAt('stripe', bought)).toEqual([1_000, leftSplit.amount]);
  });

  it('to one of two who refund the same at once is changed for the other', async () => {
    const bought = await partlyGiven(EN, 4);
    const answers = await Promise.all(
      [1, 2, 3].map(() => desk.refund(bought, { lines: desk.pieces(bought, 2) })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers).toContainEqual({ ok: false, reason: 'too-many' });
  });
});

describe('money that comes back from the bank', () => {
  it('after it had been given by hand is missing at the refund it counted for, and can be given by us', async () => {
    const bought = await partlyGiven(EN);
    await desk.cancel(bought);
    await desk.untilQuiet();
    const [imported] = await desk.imported(bought);
    await shop.stripe.failRefund(imported!.providerRefundId);
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toMatchObject({
      order: 'canceled',
      payment: 'partially_refunded',
      promised: bought.total - 1_000,
    });
    expect(await desk.listed(bought)).toEqual([
      ['failed', 1_000, 0],
      ['failed', bought.total, 0],
    ]);
    const orderRefundId = await desk.refundId(bought);
    const by = { orderId: bought.orderId, orderRefundId, ...desk.because() };
    // A part of it has arrived and the goods are sold on: it cannot be as if it had not been.
    expect(await desk.run(takeBackRefund, by)).toMatchObject({ ok: false });
    expect(await desk.retry(bought, orderRefundId)).toEqual({ ok: true });
    await desk.untilQuiet();
    expect(desk.givenAt('stripe', bought)).toEqual([bought.total - 1_000, 1_000]);
    expect(await desk.listed(bought)).toContainEqual(['succeeded', bought.total, 0]);
    expect(await desk.stateOf(bought)).toMatchObject({ payment: 'refunded', promised: bought.total });
    const receipt = (await bought.visitor.get(at(bought, '/receipt'))).text;
    expect(receipt).toContain(`<dd>${printed(EN, 0)}</dd>`);
  });

  it('after our cut refund had been done is given again, and no more than that', async () => {
    const bought = await partlyGiven(EN);
    await desk.cancel(bought);
    await desk.untilQuiet();
    const intent = shop.stripe.sessions().find(({ id }) => id === bought.providerId)?.payment_intent;
    const ours = shop.stripe
      .refunds()
      .find(({ payment_intent, amount }) => payment_intent === intent && amount === bought.total - 1_000)!;
    await shop.stripe.failRefund(ours.id);
    await desk.untilQuiet();
    expect(await desk.listed(bought)).toContainEqual(['failed', bought.total - 1_000, 1_000]);
    expect(await desk.retry(bought, await desk.refundId(bought))).toEqual({ ok: true });
    await desk.untilQuiet();
    expect(desk.givenAt('stripe', bought)).toEqual([1_000, bought.total - 1_000]);
  });

  it('of an order that was refunded by hand leaves its pieces to be refunded with real money', async () => {
    const bought = await buy(shop, { ...EN, quantity: 2 });
    await desk.giveByHand('stripe', bought);
    await desk.untilQuiet();
    const [imported] = await desk.imported(bought);
    await shop.stripe.failRefund(imported!.providerRefundId);
    await desk.untilQuiet();
    expect(await desk.stateOf(bought)).toEqual({ order: 'refunded', payment: 'captured', promised: 0 });
    const { shippingLeft } = await preview(bought);
    await desk.refund(bought, { lines: desk.pieces(bought, 2), shippingAmount: shippingLeft });
    await desk.untilQuiet();
    expect(desk.givenAt('stripe', bought)).toEqual([bought.total]);
    expect(await desk.stateOf(bought)).toMatchObject({ payment: 'refunded', promised: bought.total });
  });
});

describe('a refund that was taken back', () => {
  it('sets free what was given by hand for it: another refund can count on it', async () => {
    const bought = await partlyGiven(KO);
    const { shippingLeft } = await preview(bought);
    shop.toss.trouble({ kind: 'answer-code', code: 'NOT_CANCELABLE_PAYMENT', on: 'cancel', times: 1 });
    const all = { lines: desk.pieces(bought, 3), shippingAmount: shippingLeft };
    await desk.refund(bought, all);
    await desk.untilQuiet();
    const by = { orderId: bought.orderId, orderRefundId: await desk.refundId(bought), ...desk.because() };
    expect(await desk.run(takeBackRefund, by)).toEqual({ ok: true });
    expect((await preview(bought)).leftSplit).toEqual({ amount: bought.total - 1_000, before: 1_000 });
    expect(await desk.refund(bought, all)).toMatchObject({ amount: { amount: bought.total - 1_000 } });
  });
});
