import { rows, type Db, type Tx } from '../../platform/db.js';
import { COMPLAINTS_KEPT_YEARS, CONTRACTS_KEPT_YEARS } from '../rules.js';

/** Why an account cannot be erased yet: something of an order is on its way. One word an order: the first that holds. */
export type Obstacle = 'held' | 'unpaid' | 'under-way' | 'return' | 'money';

/** Orders that are not at rest, oldest first. */
export async function listObstacles(
  db: Db,
  { userId }: { userId: number },
): Promise<{ number: string; accessKey: string; why: Obstacle }[]> {
  return await rows(
    db,
    `select number, "accessKey", why from (
       select o.id, o.number, o.access_key as "accessKey", case
         when o.hold is not null and o.state not in ('canceled', 'refunded') then 'held'
         when o.state = 'pending' then 'unpaid'
         when o.state in ('paid', 'fulfilling', 'shipped') then 'under-way'
         when exists (select from returns r where r.order_id = o.id and r.state in ('requested', 'accepted')) then 'return'
         when exists (select from payments p where p.order_id = o.id and (p.state in ('opened', 'pending', 'refund_due', 'mismatch')
                or exists (select from refunds f where f.payment_id = p.id and f.state in ('requested', 'needs_account', 'pending'))
                or exists (select from disputes d where d.payment_id = p.id and d.state = 'open')))
           or exists (select from order_refund_money m where m.order_id = o.id and m.missing > 0) then 'money'
       end as why from orders o where o.user_id = :userId) found
      where why is not null order by id`,
    { userId },
  );
}

/** Locks a user's orders, oldest first, after their carts. */
export async function lockOwnOrders(tx: Tx, { userId }: { userId: number }): Promise<void> {
  await rows(tx, `select id from orders where user_id = :userId order by id for no key update`, { userId });
}

/** Orders that the law keeps though their buyer goes: those that were paid. The last day is the newest order's. */
export async function findKept(
  db: Db,
  { userId }: { userId: number },
): Promise<{ orders: number; until: Date | null }> {
  const [kept] = await rows<{ orders: number; until: Date | null }>(
    db,
    `select count(*)::int as orders, max(greatest(paid_at, delivered_at)) + make_interval(years => :years) as until
       from orders where user_id = :userId and paid_at is not null and scrubbed_at is null`,
    { userId, years: CONTRACTS_KEPT_YEARS },
  );
  return kept!;
}

/**
 * Orders of erased users from which something is to go at `now`: `all` of the person (the order was never paid and nothing
 * can come in for it any more, or its years are over), or only what is kept for complaints.
 */
export async function listDueOrders(
  db: Db,
  { userId = null, now, limit }: { userId?: number | null; now: Date; limit: number },
): Promise<{ id: number; all: boolean }[]> {
  return await rows(
    db,
    `select id, "all" from (
       select o.id, o.scrubbed_at,
              o.scrubbed_at is null and case
                when o.paid_at is not null
                  then greatest(o.paid_at, o.delivered_at) + make_interval(years => :contracts) <= :now
                else o.state = 'canceled' and not exists (
                  select from payments p where p.order_id = o.id
                     and (p.check_at is not null or p.captured_amount > 0 or p.state in ('opened', 'pending')))
              end as "all",
              greatest(o.paid_at, o.delivered_at) + make_interval(years => :complaints) <= :now
                and (exists (select from returns r where r.order_id = o.id
                        and (r.note <> '' or exists (select from return_images i where i.return_id = r.id)))
                  or exists (select from payments p join refunds f on f.payment_id = p.id
                              where p.order_id = o.id and f.refund_account is not null)) as complaints
         from orders o join users u on u.id = o.user_id
        where u.erased_at is not null and (cast(:userId as bigint) is null or o.user_id = :userId)) due
      where "all" or complaints order by id limit :limit`,
    { userId, now, limit, contracts: CONTRACTS_KEPT_YEARS, complaints: COMPLAINTS_KEPT_YEARS },
  );
}
