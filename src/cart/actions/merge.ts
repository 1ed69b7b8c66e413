import { newToken } from '../../lib/ids.js';
import { MAX_QUANTITY } from '../../lib/quantity.js';
import { change, row, rows, type Tx } from '../../platform/db.js';
import { lockHolder } from '../queries.js';
import { MAX_CODES } from './codes.js';

/**
 * Two carts with goods have become one where `merged`. What did not fit is told by name: `cut` lines would hold more than 99,
 * `codes` found no place.
 */
export interface MergeResult {
  merged: boolean;
  /** The user's cart, where there is one. */
  cartId: number | null;
  cut: string[];
  codes: string[];
}

/**
 * Brings a guest's cart to the user who has just signed in: it becomes theirs, or what is in it moves into the cart they have.
 * Quantities add up, sets and codes come along, the delivery chosen last counts. Afterwards the guest's token opens nothing.
 * The second of two who bring the same cart at once finds it brought. Of two carts the one that is left ends; an order of it that
 * waits for its money stays payable, until the next order of the goods ends it. Locks the user, then the carts by id.
 */
export async function mergeCarts(
  tx: Tx,
  { token, userId, now }: { token: string; userId: number; now: Date },
): Promise<MergeResult> {
  await lockHolder(tx, { userId });
  const found = await rows<{ id: number; own: boolean }>(
    tx,
    `select id, user_id is not null as own from carts
      where state = 'open' and (user_id = :userId or (token = :token and user_id is null)) order by id for no key update`,
    { userId, token },
  );
  const guest = found.find(({ own }) => !own);
  const user = found.find(({ own }) => own);
  const plain = { merged: false, cartId: guest?.id ?? user?.id ?? null, cut: [], codes: [] };
  if (!guest) return plain;
  const adopt = () =>
    tx('carts').where({ id: guest.id }).update({ user_id: userId, token: newToken(), updated_at: now });
  if (!user) {
    await adopt();
    return plain;
  }
  if (!(await hasLines(tx, user.id))) {
    // The one with the goods, and with whatever waits for its money, goes on; the empty one is left.
    const codes = await moveCodes(tx, { from: user.id, to: guest.id });
    await moveMethod(tx, { from: user.id, to: guest.id, over: false });
    await leave(tx, { from: user.id, to: guest.id, now });
    await adopt();
    return { ...plain, codes };
  }
  const both = { from: guest.id, to: user.id };
  const isFull = await hasLines(tx, guest.id);
  const cut = await moveGoods(tx, both);
  const codes = await moveCodes(tx, both);
  await moveMethod(tx, { ...both, over: true });
  await leave(tx, { ...both, now });
  await tx('carts').where({ id: user.id }).update({ updated_at: now });
  return { merged: isFull, cartId: user.id, cut, codes };
}

/** A cart that has become a part of another is found by nothing but that. */
const leave = (tx: Tx, { from, to, now }: Both & { now: Date }) =>
  tx('carts')
    .where({ id: from })
    .update({ state: 'closed', merged_into: to, token: newToken(), updated_at: now });

/** `over`: the coming choice of a delivery counts before the one that is there. */
const moveMethod = (tx: Tx, { from, to, over }: Both & { over: boolean }) =>
  change(
    tx,
    `update carts t set shipping_method = case when :over then coalesce(f.shipping_method, t.shipping_method)
                                               else coalesce(t.shipping_method, f.shipping_method) end
       from carts f where f.id = :from and t.id = :to`,
    { from, to, over },
  );

/** Moves codes as far as there is room, oldest first; returns those that found none. */
async function moveCodes(tx: Tx, both: Both): Promise<string[]> {
  const coming = await rows<{ code: string; created_at: Date }>(
    tx,
    `select code, created_at from cart_codes where cart_id = :from
        and code not in (select code from cart_codes where cart_id = :to) order by created_at, code`,
    both,
  );
  const held = await tx('cart_codes').where({ cart_id: both.to }).pluck<string[]>('code');
  const room = Math.max(0, MAX_CODES - held.length);
  const taken = coming.slice(0, room).map(code => ({ ...code, cart_id: both.to }));
  if (taken.length > 0) await tx('cart_codes').insert(taken);
  await tx('cart_codes').where({ cart_id: both.from }).delete();
  return coming.slice(room).map(({ code }) => code);
}

const hasLines = async (tx: Tx, cartId: number): Promise<boolean> =>
  (await row(
    tx,
    `select 1 from cart_lines where cart_id = :cartId union all select 1 from cart_bundles where cart_id = :cartId limit 1`,
    { cartId },
  )) !== null;

type Both = { from: number; to: number };

/** What a cart holds: pieces of variants, and sets. */
const GOODS = [
  { table: 'cart_lines', of: 'variant_id' },
  { table: 'cart_bundles', of: 'bundle_id' },
] as const;

/**
 * What is in both adds up; what is gone from the shop comes along as it is, for the shopper to be told. Returns the names of what
 * would be more than 99 in a line.
 */
async function moveGoods(tx: Tx, both: Both): Promise<string[]> {
  const cut: string[] = [];
  for (const { table, of } of GOODS) {
    const wanted = await rows<{ name: string; quantity: number }>(
      tx,
      `select f.seen_name as name, f.quantity + coalesce(t.quantity, 0) as quantity from ${table} f
         left join ${table} t on t.cart_id = :to and t.${of} = f.${of} where f.cart_id = :from`,
      both,
    );
    await change(
      tx,
      `insert into ${table} (cart_id, ${of}, quantity, seen_amount, seen_currency, seen_name, created_at)
       select :to, ${of}, quantity, seen_amount, seen_currency, seen_name, created_at from ${table} where cart_id = :from
       on conflict (cart_id, ${of}) do update
          set quantity = least(${table}.quantity + excluded.quantity, :most), seen_amount = excluded.seen_amount,
              seen_currency = excluded.seen_currency, seen_name = excluded.seen_name`,
      { ...both, most: MAX_QUANTITY },
    );
    await tx(table).where({ cart_id: both.from }).delete();
    cut.push(...wanted.filter(({ quantity }) => quantity > MAX_QUANTITY).map(({ name }) => name));
  }
  return cut;
}
