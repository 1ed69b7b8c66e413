import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit/index.js';
import { lockCart } from '../../../src/cart/index.js';
import { HOUR, MINUTE } from '../../../src/lib/time.js';
import { cancelPaidOrder, cancelPendingOrder, findOrder, lockOrder } from '../../../src/orders/index.js';
import { createGateways, lockPayment, movePayment, performRefund } from '../../../src/payments/index.js';
import { inTransaction } from '../../../src/platform/db.js';
import { checkoutFields, fillCart } from '../../support/purchase.js';
import { startShop, type Shop } from '../../support/shop.js';
import { createVisitor } from '../../support/visitor.js';
import { tossDesk, type Bought } from '../toss-desk.js';

// The known ways in which payment integrations go wrong, row by row, as far as they have a side of Toss.

let shop: Shop;
let desk: ReturnType<typeof tossDesk>;
beforeAll(async () => {
  shop = await startShop();
  desk = tossDesk(shop);
});
afterAll(() => shop.close());
beforeEach(() => shop.mail.clear());
afterEach(async () => {
  shop.toss.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const confirms = ({ reference }: Bought) =>
  shop.toss
    .requests()
    .filter(({ path, body }) => path === '/v1/payments/confirm' && body.includes(reference));
const eventOf = (bought: Bought, given: object = {}) => ({
  eventType: 'PAYMENT_STATUS_CHANGED',
  createdAt: '2026-11-26T12:00:00.000000',
  data: { ...desk.atToss(bought), ...given },
});
const callbackOf = (bought: Bought, given: object = {}) => ({
  createdAt: '2026-11-26T12:00:00.000000',
  secret: desk.atToss(bought).secret,
  status: 'DONE',
  transactionKey: desk.atToss(bought).lastTransactionKey,
  orderId: bought.reference,
  ...given,
});

describe('row 1: return and webhook race', () => {
  it('twenty returns and twenty deliveries charge once, move once and write one letter', async () => {
    const bought = await desk.place('toss', 0);
    const before = await desk.stock(bought);
    const { location } = shop.toss.approve(bought.providerId);
    await Promise.all([
      ...Array.from({ length: 20 }, () => bought.visitor.get(location)),
      ...Array.from({ length: 20 }, (_, index) => desk.deliver(eventOf(bought), `race-${index}`)),
    ]);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.stock(bought)).toEqual({
      on_hand: before.on_hand - 1,
      reserved: before.reserved - 1,
    });
    expect(desk.letters(bought)).toHaveLength(1);
    expect(new Set(confirms(bought).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(desk.atToss(bought).totalAmount).toBe(bought.total);
  });
});

describe('row 2: amount or order are tampered with', () => {
  it.each([
    ['amount', { amount: '1' }],
    ['order', { orderId: 'pay_of_somebody_else' }],
    ['payment key', { paymentKey: 'key_of_somebody_else' }],
    ['no amount', { amount: undefined }],
  ])('a return with another %s takes no money', async (_name, lie) => {
    const bought = await desk.place('toss', 1);
    const back = new URL(shop.toss.approve(bought.providerId).location);
    for (const [name, value] of Object.entries(lie)) {
      if (value === undefined) back.searchParams.delete(name);
      else back.searchParams.set(name, value);
    }
    await bought.visitor.open(back.href);
    expect(desk.atToss(bought).status).toBe('IN_PROGRESS');
    expect(confirms(bought)).toEqual([]);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
  });

  it('another sum than was asked for is no payment, and people are told', async () => {
    const bought = await desk.place('toss', 2);
    shop.toss.trouble({ kind: 'pay-another-amount', amount: 1_000, times: 1 });
    await desk.pay(bought);
    expect(await desk.payment(bought)).toMatchObject({ state: 'mismatch', captured_amount: 1_000 });
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
    expect(await desk.events('payment.mismatch', bought)).toBe(1);
  });
});

describe('row 3: an order is marked paid although the payment was not', () => {
  it('an account that waits for its deposit is not paid', async () => {
    const bought = await desk.awaiting(3);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
    expect(await desk.deliver(callbackOf(bought), 'told-done')).toBe(200);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
  });
});

describe('row 4: the confirmation is lost after the buyer paid', () => {
  it.each([
    ['cut', [{ kind: 'cut', on: 'confirm' }]],
    ['a 500', [{ kind: 'error', effect: 'after', on: 'confirm' }]],
  ] as const)('%s after its effect: "we are checking", then paid once', async (_name, troubles) => {
    const bought = await desk.place('toss', 4);
    shop.toss.trouble([
      ...troubles,
      { kind: 'webhooks-lost' },
      // Looking afterwards fails too, as often as it is tried; the look before the confirmation does not.
      { kind: 'slow', ms: 0, effect: 'before', on: 'get', times: 1 },
    ]);
    const { location } = shop.toss.approve(bought.providerId);
    const returning = bought.visitor.open(location);
    await expect.poll(() => desk.atToss(bought).status).toBe('DONE');
    shop.toss.trouble({ kind: 'error', effect: 'before', on: 'get' });
    const { text } = await returning;
    if ((await desk.payment(bought)).state === 'opened') {
      expect(text).toContain('결제 결과를 확인하고 있습니다');
      expect(text).not.toContain('/payment?key=');
    }
    shop.toss.calm();
    shop.advance(2 * MINUTE);
    await Promise.all([desk.sweep(), desk.sweep()]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(desk.letters(bought)).toHaveLength(1);
  });

  it('a confirmation that never reached Toss is said again by the sweep, with the same key', async () => {
    const bought = await desk.place('toss', 5);
    shop.toss.trouble({ kind: 'error', effect: 'before', on: 'confirm' });
    const { text } = await bought.visitor.open(shop.toss.approve(bought.providerId).location);
    expect(text).toContain('결제 결과를 확인하고 있습니다');
    expect(text).not.toContain('/payment?key=');
    // Pressing pay again meanwhile opens nothing: the money may be moving.
    const again = await bought.visitor.post(bought.link.replace('?', '/payment?'), {
      payment_method: 'toss',
    });
    expect(again.location).toContain(`/ko/orders/${bought.number}`);
    shop.toss.calm();
    shop.advance(2 * MINUTE);
    await desk.sweep();
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(new Set(confirms(bought).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('and is failed, with a letter and nothing charged, when its ten minutes have passed', async () => {
    const bought = await desk.place('toss', 6);
    shop.toss.trouble({ kind: 'error', effect: 'before', on: 'confirm' });
    await bought.visitor.open(shop.toss.approve(bought.providerId).location);
    shop.toss.calm();
    shop.advance(11 * MINUTE);
    await desk.sweep();
    expect(await desk.payment(bought)).toMatchObject({ state: 'expired', captured_amount: 0 });
    const { text } = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(text).toContain('/payment?key=');
  });
});

describe('row 7: sold out after payment', () => {
  it('a deposit that finds no goods any more goes back to an account the buyer names', async () => {
    const bought = await desk.awaiting(7);
    shop.toss.trouble({ kind: 'webhooks-lost' });
    await desk.deposit(bought);
    // The worst a lost answer can do: the order is ended for good while its account still takes money.
    const because = { actor: 'test', cause: 'canceled by the buyer', now: shop.now() };
    await inTransaction(shop.db, async tx => {
      const order = await findOrder(tx, { orderId: bought.orderId });
      await lockCart(tx, { cartId: order!.cartId });
      const locked = await lockOrder(tx, { orderId: bought.orderId });
      await movePayment(tx, await lockPayment(tx, { paymentId: bought.paymentId }), 'expired', because);
      await cancelPendingOrder(tx, locked, because);
    });
    shop.toss.calm();
    expect(await desk.deliver(callbackOf(bought))).toBe(200);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'refund_due' });
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'needs_account', amount: bought.total }]);
  });
});

describe('row 8: abandoned windows hold stock', () => {
  it('the stock returns once, although nobody tells of the end', async () => {
    const bought = await desk.place('toss', 8);
    const held = await desk.stock(bought);
    shop.toss.trouble({ kind: 'webhooks-lost' });
    shop.advance(31 * MINUTE);
    await Promise.all([desk.sweep(), desk.sweep(), desk.sweep()]);
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled' });
    expect(await desk.stock(bought)).toEqual({ ...held, reserved: held.reserved - 1 });
  });
});

describe('row 10: a refund is submitted twice', () => {
  it('performed by two workers at once, after an answer that was lost, gives once', async () => {
    const bought = await desk.place('toss', 9);
    await desk.pay(bought);
    shop.toss.trouble({ kind: 'cut', on: 'cancel', times: 1 });
    await desk.refund(bought, 9_000);
    const [refund] = await desk.refunds(bought);
    const deps = { db: shop.db, gateways: createGateways(shop.config) };
    await Promise.allSettled(
      [1, 2, 3].map(() => performRefund(deps, { refundId: refund!.id, now: shop.now() })),
    );
    await shop.settled();
    await desk.hurry();
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded', amount: 9_000 }]);
    expect(desk.atToss(bought).cancels).toHaveLength(1);
    expect(desk.atToss(bought).balanceAmount).toBe(bought.total - 9_000);
  });
});

describe('row 14: a forged or replayed webhook', () => {
  it('a callback with a wrong, an empty or no secret changes nothing and asks nothing', async () => {
    const bought = await desk.awaiting(10);
    shop.toss.trouble({ kind: 'webhooks-lost' });
    await desk.deposit(bought);
    const asked = shop.toss.requests().length;
    for (const secret of ['ps_guessed', '', null, `${desk.atToss(bought).secret}x`])
      expect(await desk.deliver(callbackOf(bought, { secret }))).toBe(400);
    expect(shop.toss.requests()).toHaveLength(asked);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
    // The true one counts, once, also when it comes again under other names.
    for (const id of ['a', 'a', 'b', 'c']) expect(await desk.deliver(callbackOf(bought), id)).toBe(200);
    await shop.settled();
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(desk.letters(bought)).toHaveLength(2);
  });

  it('guessing secrets is counted: the address is turned away before long', async () => {
    const bought = await desk.awaiting(11);
    const statuses = [];
    for (let tries = 0; tries < 130; tries += 1)
      statuses.push(await desk.deliver(callbackOf(bought, { secret: `ps_${tries}` })));
    expect(new Set(statuses)).toEqual(new Set([400, 429]));
    await shop.db('rate_limits').delete();
  });

  it('both events of one deposit, in any order and twice, settle once', async () => {
    const bought = await desk.awaiting(0);
    shop.toss.trouble([{ kind: 'webhooks-duplicated' }, { kind: 'webhooks-reordered', count: 2 }]);
    await desk.deposit(bought);
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(desk.letters(bought)).toHaveLength(2);
    expect(await desk.events('order.placed', bought)).toBe(1);
  });

  it('a body that says DONE for an unpaid order only makes us ask', async () => {
    const bought = await desk.place('toss', 1);
    expect(await desk.deliver(eventOf(bought, { status: 'DONE' }), 'forged')).toBe(200);
    expect(await desk.order(bought)).toMatchObject({ state: 'pending' });
  });
});

describe('row 15: events out of order', () => {
  it('the same deliveries in every order end in the same state', async () => {
    const ends: unknown[] = [];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      const bought = await desk.awaiting(2);
      shop.toss.trouble({ kind: 'webhooks-lost' });
      const deliveries: object[] = [callbackOf(bought, { status: 'WAITING_FOR_DEPOSIT' })];
      await desk.deposit(bought);
      deliveries.push(callbackOf(bought), eventOf(bought));
      await shop.toss.cancelByHand(bought.providerId, { amount: 1_000 });
      for (const index of order) expect(await desk.deliver(deliveries[index]!)).toBe(200);
      await shop.settled();
      const { state, refunded_amount } = await desk.payment(bought);
      ends.push({ state, refunded_amount, order: (await desk.order(bought)).state });
      shop.toss.calm();
    }
    expect(new Set(ends.map(end => JSON.stringify(end)))).toEqual(
      new Set([JSON.stringify({ state: 'partially_refunded', refunded_amount: 1_000, order: 'paid' })]),
    );
  });
});

describe('row 16: the webhook comes before the answer is stored', () => {
  it('of the confirmation: settled once', async () => {
    const bought = await desk.place('toss', 3);
    shop.toss.trouble({ kind: 'webhook-before-answer', times: 1 });
    await desk.pay(bought);
    expect(await desk.order(bought)).toMatchObject({ state: 'paid' });
    expect(desk.letters(bought)).toHaveLength(1);
  });
});

describe('row 19: keys of idempotency', () => {
  it('are one per row and purpose', async () => {
    const bought = await desk.awaiting(4);
    await desk.deposit(bought);
    const keys = shop.toss
      .requests()
      .filter(
        ({ method, body, path }) =>
          method === 'POST' && (body.includes(bought.reference) || path.includes(bought.providerId)),
      )
      .map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([`start-${bought.reference}`, `confirm-${bought.reference}`]);
  });
});

describe('row 21: below the minimum', () => {
  it.each([
    ['toss', 99],
    ['toss_transfer', 199],
    ['toss_virtual_account', 199],
  ] as const)('%s takes no order of ₩%i, and Toss is not asked', async (way, total) => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'ko', 5);
    const lines = await shop
      .db('cart_lines')
      .orderBy('id', 'desc')
      .first<{ variant_id: number }>('variant_id');
    const kept = await shop
      .db('prices')
      .where({ variant_id: lines.variant_id, currency: 'KRW' })
      .first<{ amount: number }>('amount');
    await shop
      .db('prices')
      .where({ variant_id: lines.variant_id, currency: 'KRW' })
      .update({ amount: total });
    // Delivered for nothing from here on: only the goods count.
    await shop.db('shipping_rates').update({ surcharge: 0, heavy_surcharge: 0, free_over: 1 });
    const asked = shop.toss.requests().length;
    try {
      const fields = await checkoutFields(visitor, { locale: 'ko', country: 'KR', provider: 'toss', way });
      const answered = await visitor.post('/ko/checkout', fields);
      expect(answered.status).toBe(422);
      expect(answered.text).toContain('payment_method-error');
      expect(shop.toss.requests()).toHaveLength(asked);
    } finally {
      await shop
        .db('prices')
        .where({ variant_id: lines.variant_id, currency: 'KRW' })
        .update({ amount: kept.amount });
    }
  });
});

describe('row 24: a deposit is taken back', () => {
  it('the order is not paid any more: it is held, staff are told, and nothing may leave', async () => {
    const bought = await desk.awaiting(6);
    await desk.deposit(bought);
    await shop.toss.loseDeposit(bought.providerId);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'reversed' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid', hold: 'deposit_reversed' });
    expect(await desk.events('payment.reversed', bought)).toBe(1);
    expect(await shop.db('staff_notices').where({ kind: 'payment.reversed' })).not.toEqual([]);
    const { text } = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(text).toContain('결제 내용을 확인');
    expect(await desk.refund(bought, 1_000)).toEqual({ ok: false, reason: 'not-refundable' });

    // It arrives again: the hold ends by itself, without a second order, sale or confirmation.
    await desk.deposit(bought);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid', hold: null });
    expect(await desk.events('order.placed', bought)).toBe(1);
  });

  it('with its webhook lost it is seen by whoever asks next, and arriving again by the sweep', async () => {
    const bought = await desk.awaiting(7);
    await desk.deposit(bought);
    shop.toss.trouble({ kind: 'webhooks-lost' });
    await shop.toss.loseDeposit(bought.providerId);
    expect(await desk.deliver(callbackOf(bought, { status: 'WAITING_FOR_DEPOSIT' }))).toBe(200);
    expect(await desk.payment(bought)).toMatchObject({ state: 'reversed' });
    await desk.deposit(bought);
    shop.advance(2 * HOUR);
    await desk.sweep();
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.order(bought)).toMatchObject({ hold: null });
  });

  it('an answer from before the deposit never takes it back', async () => {
    const bought = await desk.awaiting(8);
    // The delivery is asked about, Toss answers "waiting" and is slow to; the deposit comes and is settled meanwhile.
    shop.toss.trouble({ kind: 'slow', ms: 700, effect: 'after', on: 'get', times: 1 });
    const slow = desk.deliver(callbackOf(bought, { status: 'WAITING_FOR_DEPOSIT' }), 'overtaken');
    await expect
      .poll(() => shop.toss.requests().filter(({ path }) => path.endsWith(bought.providerId)).length)
      .toBeGreaterThan(0);
    await desk.deposit(bought);
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await slow).toBe(200);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'captured' });
    expect(await desk.order(bought)).toMatchObject({ state: 'paid', hold: null });
    expect(await desk.events('payment.reversed', bought)).toBe(0);
  });

  it('a refund that waited while the deposit was away goes on when it is back', async () => {
    const bought = await desk.awaiting(9);
    await desk.deposit(bought);
    await desk.refund(bought, 2_000);
    await shop.toss.loseDeposit(bought.providerId);
    await shop.settled();
    const account = { bank: '88', account_number: '110123456789', holder: '김민지' };
    await bought.visitor.post(bought.link.replace('?', '/refund-account?'), account);
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'needs_account' }]);
    await desk.deposit(bought);
    await bought.visitor.post(bought.link.replace('?', '/refund-account?'), account);
    await shop.settled();
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'succeeded' }]);
    expect(await desk.payment(bought)).toMatchObject({ state: 'partially_refunded' });
  });

  it('an account that is closed after that leaves the order held and owes nothing', async () => {
    const bought = await desk.awaiting(10);
    await desk.deposit(bought);
    await desk.refund(bought, 2_000);
    await shop.toss.loseDeposit(bought.providerId);
    await shop.settled();
    await shop.toss.cancelByHand(bought.providerId);
    await shop.settled();
    expect(await desk.payment(bought)).toMatchObject({ state: 'canceled', refunded_amount: 0 });
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'failed', failure_code: 'deposit_reversed' }]);
    expect(await desk.order(bought)).toMatchObject({ hold: 'deposit_reversed' });
  });
});

describe('row 24: an order whose deposit stays away', () => {
  const end = (bought: Bought) =>
    inTransaction(shop.db, tx =>
      cancelPaidOrder(tx, {
        orderId: bought.orderId,
        actor: 'staff:1',
        cause: 'no deposit',
        now: shop.now(),
      }),
    );
  async function lost(skip: number): Promise<Bought> {
    const bought = await desk.awaiting(skip);
    await desk.deposit(bought);
    await shop.toss.loseDeposit(bought.providerId);
    await shop.settled();
    return bought;
  }

  it('is ended by staff: the goods are back on the shelf, no refund is written, its account is closed', async () => {
    const bought = await lost(2);
    const sold = await desk.stock(bought);
    expect(await end(bought)).toEqual({ ok: true, repeated: false, back: 0 });
    expect(await end(bought)).toEqual({ ok: true, repeated: true, back: 0 });
    await shop.settled();
    expect(await desk.stock(bought)).toEqual({ ...sold, on_hand: sold.on_hand + 1 });
    expect(await desk.refunds(bought)).toEqual([]);
    const { text } = await bought.visitor.get(`/ko/orders/${bought.number}`);
    expect(text).toContain('취소된 주문입니다');
    shop.advance(2 * HOUR);
    await desk.sweep();
    expect(desk.atToss(bought).status).toBe('CANCELED');
    expect(await desk.payment(bought)).toMatchObject({ state: 'canceled' });
  });

  it('and whose deposit arrives after that goes back to an account its buyer names', async () => {
    const bought = await lost(3);
    await end(bought);
    await desk.deposit(bought);
    expect(await desk.order(bought)).toMatchObject({ state: 'canceled', hold: null });
    expect(await desk.payment(bought)).toMatchObject({ state: 'refund_due' });
    expect(await desk.refunds(bought)).toMatchObject([{ state: 'needs_account', amount: bought.total }]);
  });
});

describe('row 26: secrets in logs', () => {
  it('no key, secret, account or address of a buyer is written', async () => {
    const bought = await desk.awaiting(11);
    await desk.deliver(callbackOf(bought, { secret: 'ps_wrong' }));
    await desk.deposit(bought);
    const log = shop.logs.join('\n');
    const { secret, virtualAccount } = desk.atToss(bought);
    for (const hidden of [secret!, virtualAccount!.accountNumber, 'test_sk_', 'minji.kim@', '김민지'])
      expect(log).not.toContain(hidden);
  });
});

describe('row 28: reconciliation has Toss’s list', () => {
  it('names every deposit, approval and cancellation of a period, and nothing that moved no money', async () => {
    const from = new Date(shop.now().getTime() - 1_000);
    const card = await desk.place('toss', 0);
    await desk.pay(card);
    const closed = await desk.awaiting(1);
    await closed.visitor.post(`/ko/orders/${closed.number}/cancellation`, {});
    await desk.refund(card, 3_000);
    await shop.settled();
    const found = [];
    const list = createGateways(shop.config).toss!.list({
      from,
      to: new Date(shop.now().getTime() + 1_000),
    });
    for await (const record of list)
      if ([card.reference, closed.reference].includes(record.reference ?? '')) found.push(record);
    const [refund] = await desk.refunds(card);
    expect(found).toMatchObject([
      {
        kind: 'payment',
        reference: card.reference,
        amount: card.total,
        currency: 'KRW',
        live: false,
        state: 'DONE',
      },
      { kind: 'refund', reference: card.reference, amount: 3_000 },
    ]);
    const row = await shop.db('refunds').where({ id: refund!.id }).first<{ provider_refund_id: string }>();
    expect(found[1]?.providerId).toBe(row.provider_refund_id);
  });

  it('throws when Toss does not answer: half a list would look like missing money', async () => {
    shop.toss.trouble({ kind: 'error', effect: 'before', on: 'other' });
    const list = createGateways(shop.config).toss!.list({ from: new Date(0), to: shop.now() });
    const readAll = async () => {
      for await (const record of list) expect(record).toBeDefined();
    };
    await expect(readAll()).rejects.toThrow('FAILED_INTERNAL_SYSTEM_PROCESSING');
  });
});
