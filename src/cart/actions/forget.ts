import { rows, type Tx } from '../../platform/db.js';

/** Empties a user's open cart and leaves it and all earlier ones to nobody. Locks the open one. */
export async function forgetCarts(tx: Tx, { userId }: { userId: number }): Promise<void> {
  const open = await rows<{ id: number }>(
    tx,
    `select id from carts where user_id = :userId and state = 'open' order by id for update`,
    { userId },
  );
  for (const { id: cartId } of open)
    for (const table of ['cart_lines', 'cart_bundles', 'cart_codes'] as const)
      await tx(table).where({ cart_id: cartId }).delete();
  await tx('carts').where({ user_id: userId }).update({ user_id: null });
}
