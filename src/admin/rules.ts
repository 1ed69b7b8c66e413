import type { Role } from '../accounts/index.js';

/**
 * Who may do what at the desk: the one table. An administrator may do all of it; what moves money out, gives it away or
 * carries shoppers' data out of the store is not in the hands of every member of staff.
 */
const STAFF_MAY = {
  'orders.read': true,
  /** Start fulfilling, ship, deliver, note, resend a letter, end an order that nobody has paid. */
  'orders.fulfil': true,
  /** Refund, cancel what is paid, receive a return, try a refund again. */
  'orders.refund': false,
  /** The CSV: names and addresses by the thousand. */
  'orders.export': false,
  /** Accept or refuse what a buyer wants to send back. */
  'returns.decide': true,
  'stock.read': true,
  'stock.write': true,
  'discounts.read': true,
  'discounts.write': false,
  'notices.handle': true,
  /** Who they are, what they bought, where they are signed in. */
  'customers.read': true,
  /** Send a letter about their address again. */
  'customers.help': true,
  /** Roles, shutting out, signing out. */
  'customers.manage': false,
  'staff.manage': false,
  'reconciliation.read': true,
  'reconciliation.repair': false,
} as const satisfies Record<string, boolean>;

export type Permission = keyof typeof STAFF_MAY;
export const PERMISSIONS = Object.keys(STAFF_MAY) as readonly Permission[];

/** What asks again who one is, a quarter of an hour after the last time: an open desk is not enough for it. */
const ASKED_AGAIN: ReadonlySet<Permission> = new Set<Permission>([
  'orders.export',
  'customers.manage',
  'staff.manage',
]);

export const isAskedAgain = (permission: Permission): boolean => ASKED_AGAIN.has(permission);

export function may(role: Role, permission: Permission): boolean {
  return role === 'admin' || (role === 'staff' && STAFF_MAY[permission]);
}
