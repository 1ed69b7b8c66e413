import { literally } from '../../lib/text.js';
import type { Role } from '../../accounts/index.js';
import type { Locale } from '../../lib/locale.js';
import type { Currency } from '../../lib/money.js';
import { row, rows, type Db } from '../../platform/db.js';
import type { CustomerFilter } from './forms.js';

export interface Customer {
  id: number;
  /** What names an erased one is gone. */
  email: string;
  name: string;
  role: Role;
  createdAt: Date;
  verifiedAt: Date | null;
  disabledAt: Date | null;
  erasedAt: Date | null;
}

const COLUMNS = `u.id, u.email, u.name, u.role, u.created_at as "createdAt", u.email_verified_at as "verifiedAt",
  u.disabled_at as "disabledAt", u.erased_at as "erasedAt"`;

export interface ListedCustomer extends Customer {
  orders: number;
}

export const PAGE_SIZE = 50;

/** One page of users, the newest first, and the id after which the next one begins; null on the last page. */
export async function listCustomers(
  db: Db,
  { text, role, state, after }: CustomerFilter & { after: number | null },
): Promise<{ customers: ListedCustomer[]; next: number | null }> {
  const found = await rows<ListedCustomer>(
    db,
    `select ${COLUMNS}, (select count(*)::int from orders o where o.user_id = u.id) as orders
       from users u
      where (:after::bigint is null or u.id < :after) and (:role = '' or u.role = :role)
        and case :state when 'verified' then u.email_verified_at is not null and u.erased_at is null
                        when 'unverified' then u.email_verified_at is null and u.erased_at is null
                        when 'disabled' then u.disabled_at is not null
                        when 'erased' then u.erased_at is not null else true end
        and (:text = '' or u.email ilike :pattern or u.name ilike :pattern or u.phone like :pattern
             or exists (select from orders o where o.user_id = u.id and o.number = upper(:text)))
      order by u.id desc limit :limit`,
    {
      after,
      role,
      state,
      text,
      pattern: `%${literally(text)}%`,
      limit: PAGE_SIZE + 1,
    },
  );
  const customers = found.slice(0, PAGE_SIZE);
  return { customers, next: found.length > PAGE_SIZE ? customers.at(-1)!.id : null };
}

export interface CustomerDetail extends Customer {
  phone: string;
  locale: Locale;
  hasPassword: boolean;
  identities: string[];
  hasSecondFactor: boolean;
  addresses: number;
}

export async function findCustomer(db: Db, { userId }: { userId: number }): Promise<CustomerDetail | null> {
  return await row<CustomerDetail>(
    db,
    `select ${COLUMNS}, u.phone, u.locale, u.password_hash is not null as "hasPassword",
            coalesce((select array_agg(i.provider order by i.id) from identities i where i.user_id = u.id), '{}') as identities,
            exists (select from second_factors f where f.user_id = u.id and f.on_at is not null) as "hasSecondFactor",
            (select count(*)::int from addresses a where a.user_id = u.id) as addresses
       from users u where u.id = :userId`,
    { userId },
  );
}

export interface CustomerOrder {
  number: string;
  state: string;
  createdAt: Date;
  total: number;
  currency: Currency;
}

/** Their newest orders. */
export async function listCustomerOrders(
  db: Db,
  { userId, limit }: { userId: number; limit: number },
): Promise<CustomerOrder[]> {
  return await rows<CustomerOrder>(
    db,
    `select number, state, created_at as "createdAt", total, currency from orders
      where user_id = :userId order by id desc limit :limit`,
    { userId, limit },
  );
}

export interface Spending {
  currency: Currency;
  /** Orders that were paid. */
  orders: number;
  /** What was paid for them, less what was promised back; smallest units. */
  spent: number;
}

/** What they have paid, by currency. */
export async function listSpending(db: Db, { userId }: { userId: number }): Promise<Spending[]> {
  return await rows<Spending>(
    db,
    `select o.currency, count(distinct o.id)::int as orders,
            coalesce(sum(p.captured_amount - p.refunded_amount), 0)::bigint as spent
       from orders o left join payments p on p.order_id = o.id and p.captured_amount > 0 and p.state <> 'reversed'
      where o.user_id = :userId and o.paid_at is not null
      group by o.currency order by o.currency`,
    { userId },
  );
}

export interface CustomerConsent {
  kind: string;
  given: boolean;
  version: string;
  at: Date;
}

/** The newest word on each thing that can be agreed to. */
export async function listConsents(db: Db, { userId }: { userId: number }): Promise<CustomerConsent[]> {
  return await rows<CustomerConsent>(
    db,
    `select distinct on (kind) kind, given, version, at from consents where user_id = :userId order by kind, id desc`,
    { userId },
  );
}
