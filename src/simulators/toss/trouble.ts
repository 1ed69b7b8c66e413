import type { CallTrouble, WebhookTrouble } from '../trouble.js';

export type TossCall = 'create' | 'get' | 'confirm' | 'cancel' | 'other';

/** What tests may order to go wrong. Without `times` an order stands until `calm()`. */
export type TossTrouble =
  | CallTrouble<TossCall>
  | WebhookTrouble
  /** The call is answered with this error code, as if `TossPayments-Test-Code` had been sent. */
  | { kind: 'answer-code'; code: string; on?: TossCall; times?: number }
  /** The webhook of a confirmation arrives before the confirmation has been answered. */
  | { kind: 'webhook-before-answer'; times?: number }
  /** Another sum is charged than was confirmed. */
  | { kind: 'pay-another-amount'; amount: number; times?: number }
  /** The browser comes back with another `amount` in its query. */
  | { kind: 'tampered-return'; amount: number; times?: number };
