import type { RequestHandler } from 'express';
import { LOCALE_COUNTRY, LOCALE_CURRENCY, isLocale } from '../lib/locale.js';
import { translator } from '../platform/i18n.js';
import { isTheme, takeFlash, type Cookies } from '../web/index.js';
import { may, type Permission } from './rules.js';

/** One entry of the desk's menu. */
export interface DeskLink {
  key: string;
  href: string;
}

const MENU: readonly (DeskLink & { permission: Permission })[] = [
  { key: 'admin.menu.home', href: '/admin', permission: 'orders.read' },
  { key: 'admin.menu.orders', href: '/admin/orders', permission: 'orders.read' },
  { key: 'admin.menu.returns', href: '/admin/returns', permission: 'orders.read' },
  { key: 'admin.menu.customers', href: '/admin/customers', permission: 'customers.read' },
  { key: 'admin.menu.stock', href: '/admin/stock', permission: 'stock.read' },
  { key: 'admin.menu.reconciliation', href: '/admin/reconciliation', permission: 'reconciliation.read' },
  { key: 'admin.menu.discounts', href: '/admin/discounts', permission: 'discounts.read' },
];

declare global {
  namespace Express {
    interface Locals {
      /** The desk's menu, with what this member of staff may open. */
      menu?: readonly DeskLink[];
    }
  }
}

/** What a request to the desk is read in. Its language is the cookie's: desk addresses are the same in all of them. */
export function deskContext(cookies: Cookies): RequestHandler {
  return (req, res, next) => {
    const language = cookies.read(req, 'language');
    const theme = cookies.read(req, 'theme');
    const locale = isLocale(language) ? language : 'en';
    Object.assign(res.locals, {
      frame: 'admin',
      locale,
      t: translator(locale),
      currency: LOCALE_CURRENCY[locale],
      country: LOCALE_COUNTRY[locale],
      theme: isTheme(theme) ? theme : 'system',
      flash: req.method === 'GET' ? takeFlash(cookies, req, res) : null,
      layout: { categories: [], pages: [], cartCount: 0 },
    });
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' });
    next();
  };
}

/** Fills the menu once it is known who is there. */
export const fillMenu: RequestHandler = (_req, res, next) => {
  const { staff } = res.locals;
  res.locals.menu = staff ? MENU.filter(({ permission }) => may(staff.role, permission)) : [];
  next();
};
