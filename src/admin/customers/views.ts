import type { AccountMoment } from '../../accounts/index.js';
import type { Locale } from '../../lib/locale.js';
import { money, type Money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';
import type { Customer, CustomerConsent, CustomerDetail, CustomerOrder, Spending } from './queries.js';

/** How an account stands, in one word; the sentences are `admin.customers.standing.<word>`. */
export type Standing = 'erased' | 'disabled' | 'unverified' | 'verified';

export function standingOf({ erasedAt, disabledAt, verifiedAt }: Customer): Standing {
  if (erasedAt) return 'erased';
  if (disabledAt) return 'disabled';
  return verifiedAt ? 'verified' : 'unverified';
}

export interface CustomerView {
  path: string;
  name: string;
  email: string;
  role: string;
  standing: Standing;
  since: string;
}

export const customerView = (customer: Customer, locale: Locale): CustomerView => ({
  path: `/admin/customers/${customer.id}`,
  name: customer.name,
  email: customer.erasedAt ? '' : customer.email,
  role: customer.role,
  standing: standingOf(customer),
  since: formatMoment(customer.createdAt, locale),
});

export interface CustomerPageView extends CustomerView {
  phone: string;
  language: Locale;
  ways: { password: boolean; identities: string[]; secondFactor: boolean };
  addresses: number;
  spending: { orders: number; spent: Money }[];
  orders: { number: string; href: string; state: string; at: string; total: Money }[];
  consents: { kind: string; given: boolean; version: string; at: string }[];
  moments: { kind: string; at: string; byStaff: boolean }[];
}

export function customerPageView(facts: {
  customer: CustomerDetail;
  orders: readonly CustomerOrder[];
  spending: readonly Spending[];
  consents: readonly CustomerConsent[];
  moments: readonly AccountMoment[];
  locale: Locale;
}): CustomerPageView {
  const { customer, orders, spending, consents, moments, locale } = facts;
  const { phone, hasPassword, identities, hasSecondFactor, addresses } = customer;
  return {
    ...customerView(customer, locale),
    phone,
    language: customer.locale,
    ways: { password: hasPassword, identities, secondFactor: hasSecondFactor },
    addresses,
    spending: spending.map(({ currency, orders: count, spent }) => ({
      orders: count,
      spent: money(spent, currency),
    })),
    orders: orders.map(({ number, state, createdAt, total, currency }) => ({
      number,
      href: `/admin/orders/${number}`,
      state,
      at: formatMoment(createdAt, locale),
      total: money(total, currency),
    })),
    consents: consents.map(({ at, ...consent }) => ({ ...consent, at: formatMoment(at, locale) })),
    moments: moments.map(({ kind, at, actor }) => ({
      kind,
      at: formatMoment(at, locale),
      byStaff: actor !== 'user',
    })),
  };
}
