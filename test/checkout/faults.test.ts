import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { sweep } from '../../src/checkout/index.js';
import { correctStock } from '../../src/inventory/index.js';
import { MINUTE } from '../../src/lib/time.js';
import { createGateways } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { checkoutFields, fillCart, payOrder, placeOrder, type Placed } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => shop.mail.clear());
afterEach(async () => {
  shop.stripe.calm();
  shop.toss.calm();
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

/** What another process does by the clock, with connections to the providers of its own. */
const sweepNow = () =>
  sweep(
    { db: shop.db, gateways: createGateways(shop.config), baseUrl: shop.config.baseUrl },
    { now: shop.now() },
  );
const orderOf = ({ number }: Placed) =>
  shop
    .db('orders')
    .where({ number })
    .first<{ id: number; state: string; total: number }>('id', 'state', 'total');
const paymentsOf = async (placed: Placed) => {
  const { id } = await orderOf(placed);
  return await shop
    .db('payments')
    .where({ order_id: id })
    .orderBy('id')
    .select<{ state: string; provider_id: string; captured_amount: number }[]>('*');
};
const stockOf = async (placed: Placed) => {
  const { id } = await orderOf(placed);
  const { variant_id } = await shop
    .db('order_lines')
    .where({ order_id: id })
    .first<{ variant_id: number }>('variant_id');
  const stock = await shop
    .db('stock')
    .where({ variant_id })
    .first<{ on_hand: number; reserved: number }>('on_hand', 'reserved');
  return { variantId: variant_id, ...stock };
};
const subjects = () => shop.mail.letters().map(({ subject }) => subject);
const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;

describe('the provider is down when Pay is pressed', () => {
  it.each([EN, KO])('the order page of $provider offers to try again, and that works', async buyer => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, buyer.locale);
    const fields = await checkoutFields(visitor, buyer);
    shop[buyer.provider].trouble({ kind: 'error', effect: 'before', on: 'create' });
    const { status, location } = await visitor.post(`/${buyer.locale}/checkout`, fields);
    expect(status).toBe(303);
    expect(location).toMatch(/^\/(en|ko)\/orders\//);
    const { text } = await visitor.get(location!);
    const action = /action="([^"]*\/payment\?key=[^"]*)"/.exec(text)?.[1];
    expect(action).toBeDefined();

    expect((await visitor.post(action!, {})).location).toMatch(/^\/(en|ko)\/orders\//);
    shop[buyer.provider].calm();
    const again = await visitor.post(action!, {});
    expect(again.location).toContain(shop[buyer.provider].origin);
  });

  it('an answer lost after its effect leads to the same page, not to a second one', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    const fields = await checkoutFields(visitor, EN);
    const sessions = shop.stripe.sessions().length;
    shop.stripe.trouble({ kind: 'cut', on: 'create' });
    const { location } = await visitor.post('/en/checkout', fields);
    shop.stripe.calm();
    const { text } = await visitor.get(location!);
    const again = await visitor.post(/action="([^"]*\/payment\?key=[^"]*)"/.exec(text)![1]!, {});
    expect(again.location).toContain(shop.stripe.origin);
    expect(shop.stripe.sessions()).toHaveLength(sessions + 1);
  });
});

describe('an attempt that never got a page and has grown too old for one', () => {
  it('is followed by a new one at the first press of "try again", without a letter', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    const fields = await checkoutFields(visitor, EN);
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'create' });
    const { location } = await visitor.post('/en/checkout', fields);
    shop.stripe.calm();
    shop.advance(7 * MINUTE);
    const { text } = await visitor.get(location!);
    const again = await visitor.post(/action="([^"]*\/payment\?key=[^"]*)"/.exec(text)![1]!, {});
    expect(again.location).toContain(shop.stripe.origin);
    await shop.settled();
    expect(shop.mail.letters()).toHaveLength(0);
  });
});

describe('a process that dies after the provider took the money', () => {
  it('leaves an order that the next sweep finds paid, once', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 1 });
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.pay(placed.providerId);
    expect((await orderOf(placed)).state).toBe('pending');
    shop.advance(3 * MINUTE);
    await Promise.all([sweepNow(), sweepNow(), sweepNow()]);
    await sweepNow();
    await shop.settled();
    expect((await orderOf(placed)).state).toBe('paid');
    expect(subjects()).toHaveLength(1);
  });

  it('in the middle of the confirmation leaves nothing to chance either', async () => {
    const placed = await placeOrder(shop, { ...KO, skip: 1 });
    shop.toss.trouble([{ kind: 'hang', effect: 'after', on: 'confirm' }, { kind: 'webhooks-lost' }]);
    const { location } = shop.toss.approve(placed.providerId);
    const dying = new AbortController();
    const returning = fetch(new URL(location, shop.origin), {
      signal: dying.signal,
      redirect: 'manual',
    }).catch(() => 'gone');
    await expect
      .poll(() => shop.toss.payments().find(({ paymentKey }) => paymentKey === placed.providerId)?.status)
      .toBe('DONE');
    dying.abort();
    await returning;
    expect((await orderOf(placed)).state).toBe('pending');
    shop.advance(3 * MINUTE);
    await sweepNow();
    await shop.settled();
    expect((await orderOf(placed)).state).toBe('paid');
    expect(subjects()).toHaveLength(1);
    expect(await paymentsOf(placed)).toMatchObject([{ state: 'captured' }]);
  });
});

describe('a webhook', () => {
  it('that comes before the page was even announced settles once', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 2);
    const fields = await checkoutFields(visitor, EN);
    shop.stripe.trouble({ kind: 'paid-before-answer', times: 1 });
    const { location } = await visitor.post('/en/checkout', fields);
    await shop.settled();
    expect(location).toBeTruthy();
    expect(await shop.db('orders').where({ email: fields.email!, state: 'paid' })).not.toHaveLength(0);
    expect(subjects()).toHaveLength(1);
  });

  it('with a wrong, an old or no signature is refused and changes nothing', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 3 });
    const session = shop.stripe.sessions().find(({ id }) => id === placed.providerId)!;
    const body = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      type: 'checkout.session.completed',
      livemode: false,
      data: { object: { ...session, payment_status: 'paid' } },
    });
    for (const signature of [undefined, '', 't=1,v1=00', 'v1=abc']) {
      const headers = {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'stripe-signature': signature }),
      };
      expect((await fetch(`${shop.origin}/webhooks/stripe`, { method: 'POST', body, headers })).status).toBe(
        400,
      );
    }
    expect((await orderOf(placed)).state).toBe('pending');
    expect(await shop.db('gateway_events').where({ event_id: 'evt_forged' })).toHaveLength(0);
  });

  it('of Toss that claims DONE for an unpaid order only makes us ask', async () => {
    const placed = await placeOrder(shop, { ...KO, skip: 2 });
    const payment = shop.toss.payments().find(({ paymentKey }) => paymentKey === placed.providerId)!;
    const forged = {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: '2026-01-01T00:00:00.000000',
      data: { ...payment, status: 'DONE' },
    };
    const answered = await fetch(`${shop.origin}/webhooks/toss`, {
      method: 'POST',
      body: JSON.stringify(forged),
      headers: { 'content-type': 'application/json' },
    });
    expect(answered.status).toBe(200);
    expect((await orderOf(placed)).state).toBe('pending');
  });

  it('about a payment nobody knows is answered alike', async () => {
    const body = JSON.stringify({
      createdAt: '2026-01-01T00:00:00.000000',
      secret: 'x',
      status: 'DONE',
      transactionKey: 'y',
      orderId: 'pay_unknown',
    });
    const answered = await fetch(`${shop.origin}/webhooks/toss`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answered.status).toBe(200);
  });

  it('that cannot be checked now is asked for again', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 4 });
    shop.stripe.trouble({ kind: 'error', effect: 'before', on: 'retrieve', times: 3 });
    await shop.stripe.pay(placed.providerId);
    await shop.settled();
    expect(shop.stripe.deliveries().at(-1)).toBeDefined();
    expect((await orderOf(placed)).state).toBe('paid');
  });
});

describe('returning without having paid', () => {
  it('leaves the order waiting, whatever the address says', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 5 });
    const other = await placeOrder(shop, { ...EN, skip: 6 });
    await payOrder(shop, other, 'stripe');
    const [attempt] = await shop
      .db('payments')
      .where({ provider_id: placed.providerId })
      .select<{ reference: string }[]>('reference');
    const page = `/en/checkout/return/stripe/${attempt!.reference}`;
    for (const query of [
      '',
      `?session_id=${placed.providerId}`,
      `?session_id=${other.providerId}`,
      '?session_id=',
      '?session_id[]=x',
    ]) {
      await placed.visitor.get(page + query);
    }
    expect((await orderOf(placed)).state).toBe('pending');
  });

  it('with another sum in the address of Toss confirms nothing', async () => {
    const placed = await placeOrder(shop, { ...KO, skip: 4 });
    shop.toss.trouble({ kind: 'tampered-return', amount: 1, times: 1 });
    await placed.visitor.open(shop.toss.approve(placed.providerId).location);
    expect((await orderOf(placed)).state).toBe('pending');
    expect(shop.toss.payments().find(({ paymentKey }) => paymentKey === placed.providerId)!.status).not.toBe(
      'DONE',
    );
  });

  it('shows the order in the browser that placed it and nothing personal in another', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 7 });
    const { location } = await shop.stripe.pay(placed.providerId);
    await shop.settled();
    const stranger = await createVisitor(shop.origin).open(location);
    expect(stranger.text).not.toContain(placed.number);
    expect(stranger.text).not.toContain('Sam Lee');
    expect((await placed.visitor.open(location)).text).toContain(placed.number);
  });
});

describe('another amount than was asked for', () => {
  it.each([EN, KO])('at $provider leaves the order unpaid and raises an alarm', async buyer => {
    const placed = await placeOrder(shop, { ...buyer, skip: 8 });
    shop[buyer.provider].trouble({ kind: 'pay-another-amount', amount: 100, times: 1 });
    await payOrder(shop, placed, buyer.provider);
    expect((await orderOf(placed)).state).toBe('pending');
    expect(await paymentsOf(placed)).toMatchObject([{ state: 'mismatch', captured_amount: 100 }]);
    expect(
      await shop.db('events').where({ type: 'payment.mismatch' }).orderBy('id', 'desc').first(),
    ).toBeDefined();
    // Its time runs out, but money is there: nobody may be told that nothing was charged.
    await shop.db('orders').where({ number: placed.number }).update({ expires_at: shop.now() });
    await sweepNow();
    expect((await orderOf(placed)).state).toBe('pending');
  });
});

describe('an order nobody pays', () => {
  it('is ended after its time, its page closed, its stock given back, its buyer told', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 9 });
    const held = await stockOf(placed);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    shop.advance(31 * MINUTE);
    await sweepNow();
    await shop.settled();
    expect((await orderOf(placed)).state).toBe('canceled');
    expect(await paymentsOf(placed)).toMatchObject([{ state: 'expired' }]);
    expect(await stockOf(placed)).toEqual({ ...held, reserved: held.reserved - 1 });
    expect(shop.stripe.sessions().find(({ id }) => id === placed.providerId)!.status).toBe('expired');
    expect(subjects().filter(subject => subject.includes(placed.number))).toEqual([
      `Order ${placed.number} was canceled: the time to pay ran out`,
    ]);
    // The goods wait in the cart for another try.
    expect((await placed.visitor.get('/en/checkout')).status).toBe(200);
  });

  it('keeps its stock while the provider does not say whether it was paid', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 10 });
    const held = await stockOf(placed);
    shop.stripe.trouble({ kind: 'error', effect: 'before' });
    shop.advance(31 * MINUTE);
    await sweepNow();
    expect((await orderOf(placed)).state).toBe('pending');
    expect(await stockOf(placed)).toEqual(held);
    shop.stripe.calm();
    await sweepNow();
    expect((await orderOf(placed)).state).toBe('canceled');
  });
});

describe('money that comes after the time was up', () => {
  /** The order ends while its Toss confirmation is still on the way. */
  async function paidTooLate(skip: number): Promise<Placed> {
    const placed = await placeOrder(shop, { ...KO, skip });
    shop.toss.trouble([{ kind: 'webhooks-lost' }, { kind: 'error', effect: 'after', on: 'confirm' }]);
    const { location } = shop.toss.approve(placed.providerId);
    const { id } = await orderOf(placed);
    // A sweep of this moment reads IN_PROGRESS, ends the order, and then the confirmation that was under way gets through.
    const attempt = await shop
      .db('payments')
      .where({ order_id: id })
      .first<{ id: number; reference: string }>('id', 'reference');
    await shop.db('orders').where({ id }).update({ expires_at: shop.now() });
    await sweepNow();
    expect((await orderOf(placed)).state).toBe('canceled');
    const { amount } = await shop
      .db('payments')
      .where({ id: attempt.id })
      .first<{ amount: number }>('amount');
    await fetch(`${shop.toss.origin}/v1/payments/confirm`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('test_sk_simulated:')}`,
        'content-type': 'application/json',
        'idempotency-key': `confirm-${attempt.reference}`,
      },
      body: JSON.stringify({ paymentKey: placed.providerId, orderId: attempt.reference, amount }),
    });
    shop.toss.calm();
    expect(location).toBeTruthy();
    return placed;
  }
  const tell = (placed: Placed) =>
    fetch(`${shop.origin}/webhooks/toss`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        eventType: 'PAYMENT_STATUS_CHANGED',
        createdAt: '2026-11-22T10:00:00.000000',
        data: { paymentKey: placed.providerId },
      }),
    });

  it('revives the order when its goods are still there', async () => {
    const placed = await paidTooLate(11);
    await tell(placed);
    await shop.settled();
    expect((await orderOf(placed)).state).toBe('paid');
  });

  it('takes back the letter about the end that had not gone out yet', async () => {
    shop.mail.refuse(1);
    const placed = await paidTooLate(6);
    await expect
      .poll(() => shop.db('letters').where({ kind: 'order-expired', claimed_at: null, sent_at: null }))
      .toHaveLength(1);
    await tell(placed);
    expect((await orderOf(placed)).state).toBe('paid');
    await shop.db.raw(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`);
    await expect
      .poll(
        async () =>
          (await shop.db.raw<{ rows: [] }>(`select 1 from graphile_worker.jobs where attempts > 0`)).rows,
      )
      .toEqual([]);
    await shop.settled();
    expect(subjects()).toEqual([`주문이 완료되었습니다 (주문 번호 ${placed.number})`]);
  });

  it('goes back by itself when they are not, and the buyer is told', async () => {
    const placed = await paidTooLate(12);
    const { variantId } = await stockOf(placed);
    await inTransaction(shop.db, tx =>
      correctStock(tx, { variantId, onHand: 0, actor: 'test', cause: 'sold elsewhere', now: shop.now() }),
    );
    await tell(placed);
    await tell(placed);
    expect((await orderOf(placed)).state).toBe('canceled');
    await shop.settled();
    expect(await paymentsOf(placed)).toMatchObject([{ state: 'refunded' }]);
    const atToss = shop.toss.payments().find(({ paymentKey }) => paymentKey === placed.providerId);
    expect(atToss).toMatchObject({ balanceAmount: 0 });
    expect(subjects()).toContain(`주문 ${placed.number}의 결제 금액을 환불했습니다`);
    expect((await placed.visitor.get(placed.link)).text).toContain('환불');
  });
});

describe('pressing Pay for a changed cart', () => {
  it('ends the waiting order and its page before a new one opens', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 13 });
    await fillCart(shop, placed.visitor, 'en', 14);
    const fields = await checkoutFields(placed.visitor, EN);
    const { location } = await placed.visitor.post('/en/checkout', fields);
    expect(location).toContain(shop.stripe.origin);
    expect(location).not.toContain(placed.providerId);
    expect((await orderOf(placed)).state).toBe('canceled');
    expect(shop.stripe.sessions().find(({ id }) => id === placed.providerId)!.status).toBe('expired');
  });

  it('finds the first order paid when the buyer was faster', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 15 });
    await fillCart(shop, placed.visitor, 'en', 16);
    const fields = await checkoutFields(placed.visitor, EN);
    shop.stripe.trouble({ kind: 'webhooks-lost' });
    await shop.stripe.pay(placed.providerId);
    const { location } = await placed.visitor.post('/en/checkout', fields);
    expect(location).toBe(`/en/orders/${placed.number}`);
    expect((await orderOf(placed)).state).toBe('paid');
  });
});

describe('a refused card at Toss', () => {
  it('is told at once and by letter, and a new attempt has a name of its own', async () => {
    const placed = await placeOrder(shop, { ...KO, skip: 5 });
    const { text } = await placed.visitor.open(shop.toss.refuse(placed.providerId).location);
    await shop.settled();
    expect(subjects()).toEqual([`결제가 완료되지 않았습니다 (주문 번호 ${placed.number})`]);
    const again = await placed.visitor.post(/action="([^"]*\/payment\?key=[^"]*)"/.exec(text)![1]!, {
      payment_method: 'toss',
    });
    expect(again.location).toContain(shop.toss.origin);
    expect(again.location).not.toContain(placed.providerId);
    expect(await paymentsOf(placed)).toMatchObject([{ state: 'failed' }, { state: 'opened' }]);
  });
});

describe('letters', () => {
  it('wait for a mail server that is down and go out once', async () => {
    shop.mail.refuse(2);
    const placed = await placeOrder(shop, { ...EN, skip: 17 });
    await payOrder(shop, placed, 'stripe');
    await expect
      .poll(
        async () => {
          // The queue waits longer each time; the test does not.
          await shop.db.raw(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`);
          return shop.mail.letters().length;
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBe(1);
    await shop.settled();
    expect(shop.mail.letters()).toHaveLength(1);
  });

  it.each([
    [{ locale: 'en', country: 'US', provider: 'stripe' }, 'Order', 'without import tax and duty'],
    [{ locale: 'ko', country: 'KR', provider: 'toss' }, '주문이 완료되었습니다', '부가세 ₩'],
    [{ locale: 'uz', country: 'UZ', provider: 'stripe' }, 'buyurtma', 'shundan soliq '],
  ] as const)('speak the language of the order, in text and HTML (%#)', async (buyer, subject, total) => {
    const placed = await placeOrder(shop, { ...buyer, skip: 14 });
    await payOrder(shop, placed, buyer.provider);
    const [letter] = shop.mail.letters();
    expect(letter!.subject).toContain(subject);
    expect(letter!.text).toContain(total);
    expect(letter!.text).toContain(`${shop.origin}${placed.link}`);
    expect(letter!.html).toContain(placed.link);
    expect(letter!.html).not.toMatch(/<img|https?:\/\/(?!127\.0\.0\.1)/);
  });
});
