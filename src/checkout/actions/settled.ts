import type { Payment } from '../../payments/index.js';

/** How the payment stands afterwards. */
export type Settled =
  | 'paid'
  | 'pending'
  | 'open'
  | 'failed'
  | 'refund-due'
  | 'mismatch'
  | 'reversed'
  /** The payment moved while the provider was asked, so its answer may be the older one: nothing was written. Ask again. */
  | 'stale';

/** What a payment's state means to whoever asked. */
export function standing(state: Payment['state']): Settled {
  switch (state) {
    case 'opened':
      return 'open';
    case 'pending':
      return 'pending';
    case 'captured':
    case 'partially_refunded':
    case 'refunded':
      return 'paid';
    case 'refund_due':
      return 'refund-due';
    case 'reversed':
      return 'reversed';
    case 'mismatch':
      return 'mismatch';
    case 'failed':
    case 'expired':
    case 'canceled':
      return 'failed';
  }
}
