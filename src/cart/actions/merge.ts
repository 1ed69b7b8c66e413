import { newToken } from '../../lib/ids.js';
import { MAX_QUANTITY } from '../../lib/quantity.js';
import { change, row, rows, type Tx } from '../../platform/db.js';
import { MAX_CODES } from './codes.js';

/**
 * `kept`: there was nothing to bring, or nothing to bring it into. `merged`: two carts with goods have become one; `cut` when
 * 99 pieces a line were not enough for both.
 */
export type MergeResult = { merged: false } | { merged: true; cut: boolean };

/**
 * Brings a guest's cart to the user who has just signed in: it becomes theirs, or what is in it moves into the cart they have.
 * Quantities add up, sets and codes come along, the delivery chosen last counts. Afterwards the guest's token opens nothing.
 * The second of two who bring the same cart at once finds it brought. An order of the guest's cart that waits for its money
 * keeps its cart. Locks the carts by id.
 */
export async function mergeCarts(
  tx: Tx,
  { token, userId, now }: { token: string; userId: number; now: Date },
): Promise<MergeResult> {
  // The user's row first: two devices of one user that bring two carts take turns.
  await row(tx, `select id from users where id = :userId for update`, { userId });
  const found = await rows<{ id: number; own: boolean }>(
    tx,
    `select id, user_id is not null as own from carts
      where state = 'open' and (user_id = :userId or (token = :token and user_id is null)) order by id for update`,
    { userId, token },
  );
  const guest = found.find(({ own }) => !own);
  const user = found.find(({ own }) => own);
  if (!guest) return { merged: false };
  if (!user) {
    await tx('carts').where({ id: guest.id }).update({ user_id: userId, token: newToken(), updated_at: now });
    return { merged: false };
  }
  const both = { from: guest.id, to: user.id };
  const isFull = await hasLines(tx, user.id);
  const cut = [await moveLines(tx, both), await moveSets(tx, both)].includes(true);
  const moved = await hasLines(tx, user.id);
  await change(
    tx,
    `insert into cart_codes (cart_id, code, created_at)
     select :to, code, created_at from cart_codes where cart_id = :from
        and code not in (select code from cart_codes where cart_id = :to)
      order by created_at, code
      limit greatest(0, cast(:most as integer) - (select count(*)::int from cart_codes where cart_id = :to))`,
    { ...both, most: MAX_CODES },
  );
  await change(
    tx,
    `update carts set updated_at = :now,
            shipping_method = coalesce((select shipping_method from carts where id = :from), shipping_method) where id = :to`,
    { ...both, now },
  );
  await tx('cart_codes').where({ cart_id: guest.id }).delete();
  await tx('carts').where({ id: guest.id }).update({ token: newToken(), updated_at: now });
  return isFull && moved ? { merged: true, cut } : { merged: false };
}

const hasLines = async (tx: Tx, cartId: number): Promise<boolean> =>
  (await row(
    tx,
    `select 1 from cart_lines where cart_id = :cartId union all select 1 from cart_bundles where cart_id = :cartId limit 1`,
    { cartId },
  )) !== null;

type Both = { from: number; to: number };

/** Lines of a variant add up; those whose variant is gone come along as they are, for the shopper to be told. */
async function moveLines(tx: Tx, both: Both): Promise<boolean> {
  const wanted = await rows<{ quantity: number }>(
    tx,
    `select f.quantity + coalesce(t.quantity, 0) as quantity from cart_lines f
       left join cart_lines t on t.cart_id = :to and t.variant_id = f.variant_id where f.cart_id = :from`,
    both,
  );
  await change(
    tx,
    `insert into cart_lines (cart_id, variant_id, quantity, seen_amount, seen_currency, seen_name, created_at)
     select :to, variant_id, quantity, seen_amount, seen_currency, seen_name, created_at from cart_lines where cart_id = :from
     on conflict (cart_id, variant_id) do update
        set quantity = least(cart_lines.quantity + excluded.quantity, :most), seen_amount = excluded.seen_amount,
            seen_currency = excluded.seen_currency, seen_name = excluded.seen_name`,
    { ...both, most: MAX_QUANTITY },
  );
  await tx('cart_lines').where({ cart_id: both.from }).delete();
  return wanted.some(({ quantity }) => quantity > MAX_QUANTITY);
}

async function moveSets(tx: Tx, both: Both): Promise<boolean> {
  const wanted = await rows<{ quantity: number }>(
    tx,
    `select f.quantity + coalesce(t.quantity, 0) as quantity from cart_bundles f
       left join cart_bundles t on t.cart_id = :to and t.bundle_id = f.bundle_id where f.cart_id = :from`,
    both,
  );
  await change(
    tx,
    `insert into cart_bundles (cart_id, bundle_id, quantity, seen_amount, seen_currency, seen_name, created_at)
     select :to, bundle_id, quantity, seen_amount, seen_currency, seen_name, created_at from cart_bundles where cart_id = :from
     on conflict (cart_id, bundle_id) do update
        set quantity = least(cart_bundles.quantity + excluded.quantity, :most), seen_amount = excluded.seen_amount,
            seen_currency = excluded.seen_currency, seen_name = excluded.seen_name`,
    { ...both, most: MAX_QUANTITY },
  );
  await tx('cart_bundles').where({ cart_id: both.from }).delete();
  return wanted.some(({ quantity }) => quantity > MAX_QUANTITY);
}
