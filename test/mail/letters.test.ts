import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCart } from '../../src/cart/index.js';
import { LOCALES } from '../../src/lib/locale.js';
import { EVENT_LETTERS, ORDER_STEP_LETTERS, PARCEL_STEP_LETTERS } from '../../src/mail/letters.js';
import { deliver as deliverLetter } from '../../src/mail/deliver.js';
import { listOrderLetters, resendLetter } from '../../src/mail/index.js';
import {
  cancelPaidOrder,
  cancelPendingOrder,
  deliverShipment,
  EXPIRED,
  findOrder,
  listTimeline,
  lockOrder,
  refundOrder,
  refundPreview,
  REPLACED,
  startFulfilling,
} from '../../src/orders/index.js';
import { ORDER_MOVES } from '../../src/orders/rules.js';
import { SHIPMENT_MOVES } from '../../src/orders/rules/parcels.js';
import { inTransaction } from '../../src/platform/db.js';
import type { EventType } from '../../src/platform/events.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, send, type BoughtOrder } from '../orders/make.js';

const stepsOf = (moves: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(moves).flatMap(([from, tos]) => tos.map(to => `${from} → ${to}`));

describe('the table of letters', () => {
  it.each([
    ['orders', ORDER_MOVES, ORDER_STEP_LETTERS],
    ['parcels', SHIPMENT_MOVES, PARCEL_STEP_LETTERS],
  ])('of %s has every move, and no other', (_name, moves, table) => {
    expect(Object.keys(table).toSorted()).toEqual(stepsOf(moves).toSorted());
  });

  it.each([...Object.entries(ORDER_STEP_LETTERS), ...Object.entries(PARCEL_STEP_LETTERS)])(
    '%s has a letter, or a reason why not',
    (_step, told) => {
      if ('none' in told) return expect(told.none).not.toBe('');
      expect(told.length).toBeGreaterThan(0);
      for (const event of told) expect(EVENT_LETTERS[event]).toEqual(expect.any(String));
    },
  );
});

describe('what the buyer hears', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  const because = (cause: string) => ({ actor: 'test', cause, now: shop.now() });
  const kindsOf = async ({ orderId }: BoughtOrder) => {
    await shop.settled();
    return (await listOrderLetters(shop.db, { orderId })).map(({ kind }) => kind);
  };
  /** Each letter arrives at the buyer, names the order and leads to its page. */
  const arrived = (order: BoughtOrder, kind: string) =>
    shop.mail
      .letters()
      .filter(({ messageId }) => messageId?.includes(`.${kind}.${order.number.toLowerCase()}@`));
  const endPending = (order: BoughtOrder, cause: string) =>
    inTransaction(shop.db, async tx => {
      const { cart_id: cartId } = await tx('orders')
        .where({ id: order.orderId })
        .first<{ cart_id: number }>('cart_id');
      await lockCart(tx, { cartId });
      await cancelPendingOrder(tx, await lockOrder(tx, { orderId: order.orderId }), because(cause));
    });
  const deliver = (order: BoughtOrder, shipmentId: number) =>
    inTransaction(shop.db, tx =>
      deliverShipment(tx, { orderId: order.orderId, shipmentId, actor: 'staff:1', now: shop.now() }),
    );

  const refundAll = async (order: BoughtOrder) => {
    const found = await findOrder(shop.db, { orderId: order.orderId });
    if (!found) throw new Error('no order');
    const left = await refundPreview(shop.db, { order: found, choice: { lines: [], shippingAmount: 0 } });
    const result = await inTransaction(shop.db, tx =>
      refundOrder(tx, {
        orderId: order.orderId,
        token: `refund-${order.orderId}`,
        lines: left.lines.map(line => ({
          orderLineId: line.orderLineId,
          quantity: line.left,
          restock: false,
        })),
        shippingAmount: left.shippingLeft,
        ...because('refunded by staff'),
      }),
    );
    if (!result.ok) throw new Error(result.reason);
  };
  const pack = (order: BoughtOrder) =>
    inTransaction(shop.db, tx =>
      startFulfilling(tx, { orderId: order.orderId, actor: 'staff:1', now: shop.now() }),
    );
  const cancelPaid = (order: BoughtOrder) =>
    inTransaction(shop.db, tx =>
      cancelPaidOrder(tx, { orderId: order.orderId, ...because('canceled by the buyer') }),
    );
  const sendAll = async (order: BoughtOrder) => {
    const sent = await send(shop, order);
    if (!sent.ok) throw new Error(sent.reason);
    return sent.shipmentId;
  };
  const payLate = async (order: BoughtOrder) => {
    await endPending(order, EXPIRED);
    await shop.settled();
    await shop.stripe.pay(order.providerId);
  };

  type Play = { event: EventType | null; pay: boolean; act: (order: BoughtOrder) => Promise<unknown> };
  const unpaid = (event: EventType | null, act: Play['act']): Play => ({ event, pay: false, act });
  const paid = (event: EventType | null, act: Play['act']): Play => ({ event, pay: true, act });
  /** Every move, for each cause it can have, as it is really made. */
  const PLAYED: Record<string, Play[]> = {
    'pending → paid': [paid('order.placed', () => Promise.resolve())],
    'pending → canceled': [
      unpaid('order.expired', order => endPending(order, EXPIRED)),
      unpaid('order.canceled', order => endPending(order, 'canceled by the buyer')),
      unpaid(null, order => endPending(order, REPLACED)),
    ],
    'paid → fulfilling': [paid(null, pack)],
    'paid → canceled': [paid('order.canceled', cancelPaid)],
    'paid → refunded': [paid('refund.succeeded', refundAll)],
    'fulfilling → shipped': [paid('shipment.shipped', sendAll)],
    'fulfilling → canceled': [
      paid('order.canceled', async order => {
        await pack(order);
        await cancelPaid(order);
      }),
    ],
    'fulfilling → refunded': [
      paid('refund.succeeded', async order => {
        await pack(order);
        await refundAll(order);
      }),
    ],
    'shipped → delivered': [paid('shipment.delivered', async order => deliver(order, await sendAll(order)))],
    'shipped → refunded': [
      paid('refund.succeeded', async order => {
        await sendAll(order);
        await refundAll(order);
      }),
    ],
    'delivered → refunded': [
      paid('refund.succeeded', async order => {
        await deliver(order, await sendAll(order));
        await refundAll(order);
      }),
    ],
    'canceled → pending': [unpaid('order.placed', payLate)],
  };

  it('is played for every move there is', () => {
    expect(Object.keys(PLAYED).toSorted()).toEqual(stepsOf(ORDER_MOVES).toSorted());
  });

  it.each(Object.entries(PLAYED).flatMap(([step, plays]) => plays.map(each => ({ step, ...each }))))(
    'of $step: $event',
    async ({ step, event, pay, act }) => {
      const order = await buy(shop, { pay });
      await act(order);
      await shop.settled();
      const moves = (await listTimeline(shop.db, { orderId: order.orderId })).map(
        ({ fromState, toState }) => `${fromState} → ${toState}`,
      );
      expect(moves).toContain(step);
      const kinds = await kindsOf(order);
      if (event === null) {
        expect(kinds.filter(kind => kind !== 'order-placed')).toEqual([]);
        return;
      }
      const kind = EVENT_LETTERS[event] as string;
      expect(kinds.filter(each => each === kind)).toHaveLength(1);
      const letters = arrived(order, kind);
      expect(letters).toHaveLength(1);
      expect(letters[0]!.subject).toContain(order.number);
      expect(letters[0]!.text).toContain(`/en/orders/${order.number}?key=${order.key}`);
    },
  );

  it.each(LOCALES)('of parcels in %s: number, goods and where to look', async locale => {
    const order = await buy(shop, { locale, pieces: [2, 1] });
    const [first, second] = order.lines as [BoughtOrder['lines'][number], BoughtOrder['lines'][number]];
    const part = await send(shop, order, {
      lines: [{ lineId: first.id, quantity: 1 }],
      number: `10000000000${LOCALES.indexOf(locale)}`,
    });
    await shop.settled();
    const letter = arrived(order, 'parcel-shipped')[0]!;
    expect(letter.text).toContain(`10000000000${LOCALES.indexOf(locale)}`);
    expect(letter.text).toContain('https://trace.cjlogistics.com/');
    expect(letter.text).toContain(first.name);
    expect(letter.text).not.toContain(second.name);
    if (!part.ok) throw new Error(part.reason);
    await deliver(order, part.shipmentId);
    await send(shop, order, {
      lines: [
        { lineId: first.id, quantity: 1 },
        { lineId: second.id, quantity: 1 },
      ],
    });
    await shop.settled();
    expect(arrived(order, 'parcel-shipped')).toHaveLength(2);
    expect(arrived(order, 'parcel-delivered')).toHaveLength(1);
  });

  it('may go by while it is written: the next try need not wait for this one', async () => {
    await buy(shop);
    const { db, config, now } = shop;
    const event = await db('events').orderBy('id').first<{ id: number }>('id');
    const mailer = {
      send: () => Promise.reject(new Error('sent all the same')),
      close: () => undefined,
    };
    const letter = {
      kind: 'deposit-awaited',
      recipient: 'gone@example.com',
      locale: 'en',
      about: 'x',
    } as const;
    const gone = () => Promise.reject(new TypeError('the account to pay into is gone'));
    await expect(
      deliverLetter({ db, config, mailer }, letter, { eventId: event.id, now: now() }, gone),
    ).rejects.toThrow('is gone');
    const claims = await db('letters')
      .where({ recipient: 'gone@example.com' })
      .select('claimed_at', 'sent_at');
    expect(claims).toEqual([{ claimed_at: null, sent_at: null }]);
  });

  it('is said once more when staff ask for it, once a minute, with a line in the history', async () => {
    const order = await buy(shop);
    await send(shop, order);
    await shop.settled();
    const letter = (await listOrderLetters(shop.db, { orderId: order.orderId })).find(
      ({ kind }) => kind === 'parcel-shipped',
    )!;
    const again = (orderId: number) =>
      inTransaction(shop.db, tx =>
        resendLetter(tx, { orderId, letterId: letter.id, actor: 'staff:1', now: shop.now() }),
      );
    const results = await Promise.all([again(order.orderId), again(order.orderId)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    await shop.settled();
    expect(arrived(order, 'parcel-shipped')).toHaveLength(2);
    expect(new Set(arrived(order, 'parcel-shipped').map(({ messageId }) => messageId)).size).toBe(2);
    const timeline = await listTimeline(shop.db, { orderId: order.orderId });
    expect(timeline.filter(({ kind }) => kind === 'letter').map(({ actor, data }) => [actor, data])).toEqual([
      ['staff:1', { letterId: letter.id, letter: 'parcel-shipped' }],
    ]);
    const [listed] = (await listOrderLetters(shop.db, { orderId: order.orderId })).filter(
      ({ id }) => id === letter.id,
    );
    expect(listed?.resent).toBe(1);
    const other = await buy(shop);
    expect(await again(other.orderId)).toEqual({ ok: false, reason: 'unknown' });
  });
});
