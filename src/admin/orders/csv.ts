import { csvLine } from '../../lib/csv.js';
import { money, toDecimal } from '../../lib/money.js';
import type { ExportedOrder } from './queries/export.js';

/** The columns, by names that a program can rely on in every language: what they hold, and from where. */
const COLUMNS: readonly [name: string, value: (order: ExportedOrder) => string | number | null][] = [
  ['number', order => order.number],
  ['created_at', order => order.createdAt.toISOString()],
  ['paid_at', order => order.paidAt?.toISOString() ?? null],
  ['state', order => order.state],
  ['hold', order => order.hold],
  ['payment', order => order.paymentState],
  ['provider', order => order.provider],
  ['currency', order => order.currency],
  ['goods_total', order => amount(order, order.linesTotal)],
  ['discount', order => amount(order, order.discountTotal)],
  ['delivery', order => amount(order, order.shippingTotal)],
  ['tax_added', order => amount(order, order.taxTotal)],
  ['total', order => amount(order, order.total)],
  ['captured', order => amount(order, order.captured)],
  ['refunded', order => amount(order, order.refunded)],
  ['pieces', order => order.pieces],
  ['goods', order => order.goods],
  ['name', order => order.name],
  ['email', order => order.email],
  ['phone', order => order.phone],
  ['country', order => order.country],
  ['postal_code', order => order.postalCode],
  ['region', order => order.region],
  ['city', order => order.city],
  ['address1', order => order.address1],
  ['address2', order => order.address2],
  ['note', order => order.note],
  ['language', order => order.locale],
];

const amount = ({ currency }: ExportedOrder, units: number): string => toDecimal(money(units, currency));

export const csvHead = (): string => csvLine(COLUMNS.map(([name]) => name));
export const csvOrder = (order: ExportedOrder): string => csvLine(COLUMNS.map(([, value]) => value(order)));
