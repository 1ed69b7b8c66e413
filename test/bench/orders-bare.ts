import { newOrderNumber, newToken } from '../../src/lib/ids.js';
import { change, inTransaction, row, rows, type Db, type Tx } from '../../src/platform/db.js';
import { enqueue } from '../../src/platform/jobs.js';

type Row = Record<string, unknown>;

/** One order to write: its cart is there, the rest is not. */
export interface Copy {
  variantId: number;
  cartId: number;
  orderId: number;
  paymentId: number;
}

export interface BareOrders {
  prepare(variantId: number): Promise<Copy>;
  place(copy: Copy): Promise<void>;
  pay(copy: Copy): Promise<void>;
}

/** Tables whose rows of the sample are copied, and what ties them to it. */
const COPIED = {
  orders: 'id',
  order_lines: 'order_id',
  order_events: 'order_id',
  stock_reservations: 'order_id',
  stock_movements: 'order_id',
  payments: 'order_id',
} as const;

/**
 * What the database does for an order and nothing else: the rows that a paid order of the store left behind, written
 * again under other ids, with the same conditional updates, in one transaction to place and one to pay. No rules, no
 * quote, no provider, no HTTP.
 */
export async function bareOrders(db: Db, sampleId: number): Promise<BareOrders> {
  const sample = Object.fromEntries(
    await Promise.all(
      Object.entries(COPIED).map(async ([table, key]) => [table, await readRows(db, table, key, sampleId)]),
    ),
  ) as Record<keyof typeof COPIED, Row[]>;
  const [payment] = await rows<{ id: number }>(db, `select id from payments where order_id = :sampleId`, {
    sampleId,
  });
  const payments = await readRows(db, 'payment_events', 'payment_id', payment!.id);
  const gatewayEvents = await readRows(db, 'gateway_events', 'payment_id', payment!.id);
  const insert = async (tx: Tx, table: string, values: Row) => {
    const [made] = await tx(table).insert(values).returning<{ id: number }[]>('id');
    return made!.id;
  };
  const moved = (tx: Tx, copy: Copy, kind: 'reserve' | 'sale') => {
    const movement = sample.stock_movements.find(each => each.kind === kind)!;
    return moveStock(tx, { ...movement, variant_id: copy.variantId, order_id: copy.orderId });
  };

  return {
    async prepare(variantId) {
      const [cart] = await db('carts').insert({ token: newToken() }).returning<{ id: number }[]>('id');
      return { variantId, cartId: cart!.id, orderId: 0, paymentId: 0 };
    },

    async place(copy) {
      await inTransaction(db, async tx => {
        await row(tx, `select id from carts where id = :cartId for update`, { cartId: copy.cartId });
        copy.orderId = await insert(tx, 'orders', {
          ...sample.orders[0],
          number: newOrderNumber(),
          access_key: newToken(),
          cart_id: copy.cartId,
          state: 'pending',
          paid_at: null,
        });
        const { orderId: order_id, variantId: variant_id } = copy;
        for (const line of sample.order_lines)
          await tx('order_lines').insert({ ...line, order_id, variant_id });
        await tx('order_events').insert({ ...sample.order_events[0], order_id });
        await moved(tx, copy, 'reserve');
        await tx('stock_reservations').insert({
          ...sample.stock_reservations[0],
          order_id,
          cart_id: copy.cartId,
          variant_id,
          state: 'active',
          closed_at: null,
        });
        copy.paymentId = await insert(tx, 'payments', {
          ...sample.payments[0],
          order_id,
          reference: newToken(),
          provider_id: newToken(),
          transaction_id: null,
          state: 'opened',
          captured_amount: 0,
          captured_at: null,
        });
        await tx('payment_events').insert({ ...payments[0], payment_id: copy.paymentId });
      });
    },

    async pay(copy) {
      await inTransaction(db, async tx => {
        const { orderId, paymentId, cartId } = copy;
        await row(tx, `select id from carts where id = :cartId for update`, { cartId });
        await row(tx, `select id from orders where id = :orderId for update`, { orderId });
        await row(tx, `select id from payments where id = :paymentId for update`, { paymentId });
        for (const event of gatewayEvents)
          await tx('gateway_events').insert({ ...event, event_id: newToken(), payment_id: paymentId });
        const { captured_amount, captured_at, state } = sample.payments[0]!;
        const captured = { state, captured_amount, captured_at, transaction_id: newToken() };
        await tx('payments').where({ id: paymentId }).update(captured);
        await tx('payment_events').insert({ ...payments.at(-1), payment_id: paymentId });
        await change(
          tx,
          `update stock_reservations set state = 'committed', closed_at = now() where order_id = :orderId and state = 'active'`,
          { orderId },
        );
        await moved(tx, copy, 'sale');
        await change(tx, `update orders set state = 'paid', paid_at = now() where id = :orderId`, {
          orderId,
        });
        await tx('order_events').insert({ ...sample.order_events.at(-1), order_id: orderId });
        const eventId = await insert(tx, 'events', {
          type: 'order.placed',
          payload: JSON.stringify({ orderId }),
        });
        await enqueue(tx, 'event', { eventId }, { key: `event:${eventId}` });
        await change(tx, `update carts set state = 'closed' where id = :cartId`, { cartId });
      });
    },
  };
}

/** The conditional update and its line of the ledger. */
async function moveStock(tx: Tx, movement: Row): Promise<void> {
  const { variant_id, delta, reserved_delta } = movement;
  const left = await row<{ on_hand: number; reserved: number }>(
    tx,
    `update stock set on_hand = on_hand + :delta, reserved = reserved + :reserved_delta
      where variant_id = :variant_id and on_hand + :delta >= reserved + :reserved_delta returning on_hand, reserved`,
    { variant_id, delta, reserved_delta },
  );
  if (!left) throw new Error('the bench ran out of stock');
  await tx('stock_movements').insert({
    ...movement,
    on_hand_after: left.on_hand,
    reserved_after: left.reserved,
  });
}

/** Rows as they can be written again: without what the database makes up itself, documents as text. */
async function readRows(db: Db, table: string, key: string, value: number): Promise<Row[]> {
  const made = await rows<{ column_name: string }>(
    db,
    `select column_name from information_schema.columns
      where table_name = :table and (is_identity = 'YES' or is_generated = 'ALWAYS')`,
    { table },
  );
  const found = await db(table).where(key, value).orderByRaw('1').select<Row[]>();
  return found.map(each =>
    Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => !made.some(({ column_name }) => column_name === name))
        .map(([name, given]) => [
          name,
          typeof given === 'object' && given !== null && !(given instanceof Date)
            ? JSON.stringify(given)
            : given,
        ]),
    ),
  );
}
