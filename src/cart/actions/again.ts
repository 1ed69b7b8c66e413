import type { Db } from '../../platform/db.js';
import { addToCart, type Shopper } from '../actions.js';
import { addSet } from './sets.js';

/** Something that was bought before. */
export type Wish = { quantity: number; name: string } & ({ variantId: number | null } | { bundleId: number });

export interface Again {
  /** Of the cart it is in now; null when nothing could be had and there was no cart before. */
  token: string | null;
  taken: number;
  /** Names of what could not be had, or not in that number. */
  missed: string[];
}

/**
 * Puts what was bought before into the cart, at today's prices: at least that number of each, so that asking twice is
 * the same as once and nothing in the cart becomes less. Locks the cart for each.
 */
export async function putAgain(
  db: Db,
  { wishes, ...shopper }: Shopper & { wishes: readonly Wish[]; now: Date },
): Promise<Again> {
  const again: Again = { token: shopper.token, taken: 0, missed: [] };
  for (const wish of wishes) {
    const common = { ...shopper, token: again.token, quantity: wish.quantity, meaning: 'at-least' } as const;
    const added =
      'bundleId' in wish
        ? await addSet(db, { ...common, bundleId: wish.bundleId })
        : wish.variantId === null
          ? ({ ok: false } as const)
          : await addToCart(db, { ...common, variantId: wish.variantId });
    if (added.ok) {
      again.token = added.token;
      again.taken += 1;
    }
    if (!added.ok || added.cut) again.missed.push(wish.name);
  }
  return again;
}
