import type { EventType } from '../platform/events.js';

/** Events that a person has to look at. Each opens one notice of the same name. */
export const NOTICE_KINDS = [
  'stock.low',
  'payment.mismatch',
  'payment.refund_due',
  'payment.reversed',
  'refund.failed',
  'refund.needs_account',
  'dispute.opened',
  'dispute.closed',
  'return.requested',
  'reconciliation.found',
] as const satisfies readonly EventType[];
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Where the desk shows what a notice is about; the desk's first page when it is gone. */
export function noticePath(subject: {
  kind: NoticeKind;
  variantId: number | null;
  orderNumber: string | null;
}): string {
  if (subject.kind === 'reconciliation.found') return '/admin/reconciliation';
  if (subject.orderNumber !== null) return `/admin/orders/${subject.orderNumber}`;
  if (subject.variantId !== null) return `/admin/stock/${subject.variantId}`;
  return '/admin';
}
