import type { CallTrouble, WebhookTrouble } from '../trouble.js';

export type StripeCall = 'create' | 'retrieve' | 'list' | 'expire' | 'refund' | 'other';

/** What tests may order to go wrong. Without `times` an order stands until `calm()`. */
export type StripeTrouble =
  | CallTrouble<StripeCall>
  | WebhookTrouble
  /** The session is paid, and the store told so, before the create call has been answered. */
  | { kind: 'paid-before-answer'; times?: number }
  /** Refunds wait for the buyer's bank before they are done. */
  | { kind: 'refunds-pending'; times?: number }
  /** The buyer pays another sum than the session was opened for. */
  | { kind: 'pay-another-amount'; amount: number; times?: number };
