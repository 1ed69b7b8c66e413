import { change, row, rows, type Tx } from '../../platform/db.js';

/** Whose use of a discount it is. `customer` is a folded e-mail address. */
interface Claimant {
  cartId: number;
  orderId: number;
  customer: string;
  now: Date;
}

export type ClaimResult =
  | { ok: true }
  /** Somebody else had the last use, or it ended or was withdrawn since the price was worked out. */
  | { ok: false; reason: 'discount-gone'; discountId: number };

/**
 * Takes one use of each discount for an order. What the price said before does not count: a conditional update decides
 * about the total, a unique index about the customer. All or nothing is the caller's transaction: on 'discount-gone' it
 * must roll back. Takes the rows by discount id ascending, after all stock; needs the order's lock.
 */
export async function claimDiscounts(
  tx: Tx,
  { discountIds, ...claimant }: Claimant & { discountIds: readonly number[] },
): Promise<ClaimResult> {
  for (const discountId of discountIds.toSorted((a, b) => a - b)) {
    const live = `disabled_at is null and (starts_at is null or starts_at <= :now) and (ends_at is null or ends_at > :now)`;
    const taken = await takeOne(tx, { discountId, live, ...claimant });
    if (!taken) return { ok: false, reason: 'discount-gone', discountId };
  }
  return { ok: true };
}

/**
 * The order comes back to life: takes again what it gave back, as long as the limits leave room. Its end or withdrawal
 * since then is no reason to refuse: the price was agreed to in time. As `claimDiscounts` otherwise.
 */
export async function reclaimDiscounts(
  tx: Tx,
  { orderId, now }: { orderId: number; now: Date },
): Promise<ClaimResult> {
  const given = await rows<{ discountId: number; cartId: number; customer: string }>(
    tx,
    `select distinct c.discount_id as "discountId", c.cart_id as "cartId", c.customer from discount_claims c
      where c.order_id = :orderId and c.state = 'released'
        and not exists (select from discount_claims l where l.order_id = c.order_id and l.discount_id = c.discount_id
                           and l.state <> 'released')
      order by 1`,
    { orderId },
  );
  for (const claim of given) {
    const taken = await takeOne(tx, { ...claim, orderId, now, live: 'true' });
    if (!taken) return { ok: false, reason: 'discount-gone', discountId: claim.discountId };
  }
  return { ok: true };
}

/** One use: of the total, where there is one, and a place among the customer's own. */
async function takeOne(tx: Tx, claim: Claimant & { discountId: number; live: string }): Promise<boolean> {
  const { discountId, live, now } = claim;
  const counted = await change(
    tx,
    `update discounts set used = used + 1 where id = :discountId and used < limit_total and ${live}`,
    { discountId, now },
  );
  if (counted === 0) {
    // Without a total limit nothing is counted and nobody waits; staff who set one wait for us.
    const unlimited = await row(
      tx,
      `select id from discounts where id = :discountId and limit_total is null and ${live} for share`,
      { discountId, now },
    );
    if (!unlimited) return false;
  }
  return await takePlace(tx, claim);
}

/** The lowest free place of this customer; when another order takes it at the same moment, the next one. */
async function takePlace(
  tx: Tx,
  { discountId, cartId, orderId, customer, now }: Claimant & { discountId: number },
): Promise<boolean> {
  for (;;) {
    const free = await row<{ place: number }>(
      tx,
      `select p.place
         from (select case when first_order_only then 1 else limit_per_customer end as most from discounts
                where id = :discountId) d,
              generate_series(1, 1 + (select count(*)::int from discount_claims c
                where c.discount_id = :discountId and c.customer = :customer and c.state <> 'released')) p (place)
        where (d.most is null or p.place <= d.most)
          and not exists (select from discount_claims c where c.discount_id = :discountId and c.customer = :customer
                             and c.place = p.place and c.state <> 'released')
        order by p.place limit 1`,
      { discountId, customer },
    );
    if (!free) return false;
    const taken = await change(
      tx,
      `insert into discount_claims (discount_id, cart_id, order_id, customer, place, claimed_at)
       values (:discountId, :cartId, :orderId, :customer, :place, :now)
       on conflict (discount_id, customer, place) where state <> 'released' do nothing`,
      { discountId, cartId, orderId, customer, place: free.place, now },
    );
    if (taken === 1) return true;
  }
}

/** The order is paid: its uses are used. Does nothing the second time. Needs the order's lock. */
export async function redeemDiscounts(
  tx: Tx,
  { orderId, now }: { orderId: number; now: Date },
): Promise<void> {
  await change(
    tx,
    `update discount_claims set state = 'redeemed', closed_at = :now where order_id = :orderId and state = 'claimed'`,
    { orderId, now },
  );
}

/** The unpaid order died: its uses can be had by others. Does nothing the second time. Needs the order's lock. */
export async function releaseDiscounts(
  tx: Tx,
  { orderId, now }: { orderId: number; now: Date },
): Promise<void> {
  const released = await rows<{ discountId: number }>(
    tx,
    `update discount_claims set state = 'released', closed_at = :now where order_id = :orderId and state = 'claimed'
     returning discount_id as "discountId"`,
    { orderId, now },
  );
  for (const { discountId } of released.toSorted((a, b) => a.discountId - b.discountId)) {
    await change(
      tx,
      `update discounts set used = used - 1 where id = :discountId and limit_total is not null`,
      { discountId },
    );
  }
}
