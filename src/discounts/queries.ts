import { row, rows, type Db, type Tx } from '../platform/db.js';
import { inDeclaredOrder, type Candidate, type Discount } from './discount.js';

const COLUMNS = `d.id, d.code, d.name, d.kind, d.rate_bp as "rateBp", d.amounts, d.buy, d.get, d.minimums,
  d.product_ids as "productIds", d.category_ids as "categoryIds", d.starts_at as "startsAt", d.ends_at as "endsAt",
  d.first_order_only as "firstOrderOnly", d.limit_per_customer as "limitPerCustomer", d.limit_total as "limitTotal",
  d.exclusive, d.position, d.disabled_at as "disabledAt"`;

/** bigint[] arrives as texts: the type parser knows single values only. */
function plain<D extends Discount>(discount: D): D {
  const { productIds, categoryIds } = discount;
  return { ...discount, productIds: productIds.map(Number), categoryIds: categoryIds.map(Number) };
}

/**
 * Every discount to be considered for a cart: the automatic ones of this moment and those with these (folded) codes,
 * whatever their state. `customers`: every address that the buyer is known by; none before they say. Claims of the cart's own waiting order do not count against it. Without the names of scopes.
 */
export async function listCandidates(
  db: Db,
  {
    codes,
    cartId,
    customers,
    now,
  }: { codes: readonly string[]; cartId: number; customers: readonly string[]; now: Date },
): Promise<Candidate[]> {
  const found = await rows<Candidate>(
    db,
    `select ${COLUMNS}, array[]::text[] as scope,
            (d.used - (select count(*) from discount_claims c
                        where c.discount_id = d.id and c.cart_id = :cartId and c.state = 'claimed'))::int as used,
            (select count(*) from discount_claims c where c.discount_id = d.id and c.customer = any(:customers)
                and c.state <> 'released' and c.cart_id <> :cartId)::int as "usedByCustomer"
       from discounts d
      where d.code_folded = any(:codes)
         or (d.code is null and d.disabled_at is null and (d.starts_at is null or d.starts_at <= :now)
             and (d.ends_at is null or d.ends_at > :now))`,
    { codes, cartId, customers, now },
  );
  return inDeclaredOrder(found.map(plain));
}

/** The discount of a folded code; null when there is none or it has been withdrawn. */
export async function findCode(db: Db, { code }: { code: string }): Promise<{ id: number } | null> {
  return await row<{ id: number }>(
    db,
    `select id from discounts where code_folded = :code and disabled_at is null`,
    { code },
  );
}

/** A discount as the desk shows it. `claimed` waits for its money, `redeemed` is paid. */
export interface DiscountUse extends Discount {
  claimed: number;
  redeemed: number;
}

const USE = `(select count(*) from discount_claims c where c.discount_id = d.id and c.state = 'claimed')::int as claimed,
  (select count(*) from discount_claims c where c.discount_id = d.id and c.state = 'redeemed')::int as redeemed`;

/** All discounts with their use, in the declared order; withdrawn ones last. */
export async function listDiscounts(db: Db): Promise<DiscountUse[]> {
  const found = await rows<DiscountUse>(
    db,
    `select ${COLUMNS}, ${USE} from discounts d
      order by d.disabled_at is not null, d.code is not null, d.position, d.id`,
  );
  return found.map(plain);
}

export async function findDiscount(db: Db, { id }: { id: number }): Promise<DiscountUse | null> {
  const found = await row<DiscountUse>(db, `select ${COLUMNS}, ${USE} from discounts d where d.id = :id`, {
    id,
  });
  return found && plain(found);
}

/** Locks a discount: nobody claims it meanwhile. The last of all locks. */
export async function lockDiscount(tx: Tx, { id }: { id: number }): Promise<Discount | null> {
  const found = await row<Discount>(
    tx,
    `select ${COLUMNS} from discounts d where d.id = :id for no key update`,
    {
      id,
    },
  );
  return found && plain(found);
}
