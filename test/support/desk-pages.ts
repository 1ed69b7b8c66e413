import type { Page } from 'playwright-core';
import type { Locale } from '../../src/lib/locale.js';
import { makeCustomer, signIn } from './customer.js';
import { insertFindings } from './finding-pages.js';
import type { Shop } from './shop.js';
import type { ShownPage } from './shown-pages.js';
import { atTheDesk } from './staff.js';
import { createVisitor, type Visitor } from './visitor.js';

/**
 * Every page of the desk in one language, as an administrator sees it. `number`: an order that is paid; `unnamed`: one
 * whose deposit goes back to an account that nobody has named.
 */
export async function prepareDesk(
  shop: Shop,
  locale: Locale,
  { number, unnamed }: { number: string; unnamed: string },
): Promise<ShownPage[]> {
  const { visitor: admin, userId } = await atTheDesk(shop, { email: `admin-${locale}@desk.example` });
  const { visitor: staff } = await atTheDesk(shop, { role: 'staff', email: `staff-${locale}@desk.example` });
  const nobody = createVisitor(shop.origin);
  for (const visitor of [admin, staff, nobody]) await visitor.post('/admin/language', { language: locale });
  const at = (
    name: string,
    path: string,
    visitor: Visitor = admin,
    more: Partial<ShownPage> = {},
  ): ShownPage => ({
    name: `desk-${name}`,
    url: shop.origin + path,
    cookies: [...visitor.cookies],
    ...more,
  });

  const somebody = await makeCustomer(shop, { email: `seen.at.desk.${locale}@example.com`, locale });
  await signIn(shop, somebody.email, { locale });
  const person = `/admin/customers/${somebody.userId}`;
  const sendEmpty: ShownPage['act'] = page => page.locator('main form.panel button').click();
  const order = `/admin/orders/${number}`;
  const { id } = await shop.db('orders').where({ number }).first<{ id: number }>('id');
  const line = await shop
    .db('order_lines')
    .where({ order_id: id })
    .first<{ id: number; variant_id: number }>();
  const form = await admin.get(`${order}/parcels`);
  const token = /name="token" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
  const piece = { [`quantity_${line.id}`]: '1' };
  await admin.post(`${order}/notes`, { text: 'The buyer asked for a call before delivery.' });
  // The flash that says so is of this page only.
  await admin.get(order);
  const nothing = at('reconciliation-none', '/admin/reconciliation?kind=other_mode&provider=toss');
  const findings = await insertFindings(shop, { name: locale, orderId: id, by: `staff:${userId}` });
  const dismissEmpty = (page: Page) => page.locator('form[action$="/dismissal"] button').click();
  const account = `/admin/orders/${unnamed}/refund-account`;
  const discount = await shop.db('discounts').orderBy('id').first<{ id: number }>('id');
  const shown = [
    at('home', '/admin'),
    at('orders', '/admin/orders'),
    at('orders-filtered', '/admin/orders?state=paid&payment=captured&q=example'),
    at('orders-none', '/admin/orders?q=zzzzqqqq'),
    at('pack', `${order}/parcels`),
    at('refund', `${order}/refund?quantity_${line.id}=1&cause=Damaged`),
    at('refund-errors', `${order}/refund?quantity_${line.id}=9`, admin, { status: 422 }),
    at('cancel', `${order}/cancellation`),
    at('slips', `/admin/orders/slips?order=${number}`),
    at('begun', `/admin/orders/begun?order=${number}`),
    at('order-account-wanted', `/admin/orders/${unnamed}`),
    at('refund-account', account),
    at('refund-account-errors', account, admin, {
      act: page => page.locator('form[action$="/refund-account"] button').click(),
    }),
    nothing,
    at('reconciliation', '/admin/reconciliation'),
    at('reconciliation-staff', '/admin/reconciliation?state=all', staff),
    ...findings.kinds.map(([kind, path]) => at(`finding-${kind.replaceAll('_', '-')}`, path)),
    at('finding-under-way', findings.underWay),
    at('finding-stuck', findings.stuck),
    at('finding-repaired', findings.repaired),
    at('finding-dismissed', findings.dismissed),
    at('finding-gone', findings.gone),
    at('finding-error', findings.stuck, admin, { act: dismissEmpty }),
    at('returns', '/admin/returns'),
    at('customers', '/admin/customers'),
    at('customers-none', '/admin/customers?q=zzzzqqqq'),
    at('customer', person),
    at('customer-role', `${person}/role`),
    at('customer-role-errors', `${person}/role`, admin, { act: sendEmpty }),
    at('customer-disabling', `${person}/disabling`),
    at('invite', '/admin/staff/invitation'),
    at('invite-errors', '/admin/staff/invitation', admin, { act: sendEmpty }),
    at('discounts', '/admin/discounts'),
    at('discount', `/admin/discounts/${discount.id}`),
    at('discount-new', '/admin/discounts/new'),
    at('stock', '/admin/stock'),
    at('stock-variant', `/admin/stock/${line.variant_id}`),
    at('403', '/admin/orders.csv', staff, { status: 403 }),
    at('404', '/admin/no-such-page', admin, { status: 404 }),
  ];
  // What the order shows in the end: a parcel, a note, a history.
  await admin.post(`${order}/parcels`, { token, send: 'later', ...piece });
  const parcel = await shop.db('shipments').where({ order_id: id }).first<{ id: number }>('id');
  await admin.get(order);
  return [...shown, at('order', order), at('dispatch', `${order}/parcels/${parcel.id}`)];
}
