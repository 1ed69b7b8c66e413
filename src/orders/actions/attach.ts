import { change, type Tx } from '../../platform/db.js';

/**
 * Orders that a guest placed with an address belong to the user who has shown that it is theirs. Whose an order is already,
 * it stays. Repeatable; the orders' history is not touched.
 */
export async function attachOrders(
  tx: Tx,
  { userId, email }: { userId: number; email: string },
): Promise<void> {
  await change(tx, `update orders set user_id = :userId where user_id is null and lower(email) = :email`, {
    userId,
    email,
  });
}
