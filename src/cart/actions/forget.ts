import type { Tx } from '../../platform/db.js';
import { lockOwnCarts } from '../queries.js';

/** Empties a user's open cart and leaves it and all earlier ones to nobody. Locks the user, then the open one. */
export async function forgetCarts(tx: Tx, { userId }: { userId: number }): Promise<void> {
  for (const cartId of await lockOwnCarts(tx, { userId }))
    for (const table of ['cart_lines', 'cart_bundles', 'cart_codes'] as const)
      await tx(table).where({ cart_id: cartId }).delete();
  await tx('carts').where({ user_id: userId }).update({ user_id: null });
}
