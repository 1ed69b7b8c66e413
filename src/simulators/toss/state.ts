import type { TossMethod, TossPaymentObject } from './payment-object.js';

/** What a create call asks for, already checked. */
export interface Opening {
  orderId: string;
  orderName: string;
  amount: number;
  taxFreeAmount: number;
  method: TossMethod;
  customerName: string;
  /** How long a virtual account waits for its deposit. */
  depositMs: number;
  successUrl: string;
  failUrl: string;
  language: string | null;
  metadata: Record<string, string> | null;
}

export interface StoredPayment {
  payment: TossPaymentObject;
  /** What the store asked for; the payment itself names a method only once the buyer has agreed. */
  method: string;
  successUrl: string;
  failUrl: string;
  /** The `Accept-Language` of the create call: the nearest thing to the buyer's language. */
  language: string | null;
  /** Milliseconds of the simulator's clock. */
  openedAt: number;
  approvedAt: number | null;
  depositUntil: number | null;
  /** The name on a virtual account, and how long it waits. */
  customerName: string;
  depositMs: number;
}

export interface TossTransaction {
  mId: string;
  transactionKey: string;
  paymentKey: string;
  orderId: string;
  method: string | null;
  customerKey: null;
  useEscrow: boolean;
  receiptUrl: string | null;
  status: 'DONE' | 'CANCELED' | 'PARTIAL_CANCELED';
  transactionAt: string;
  currency: string;
  amount: number;
}

/** An answer kept under an idempotency key. `status` 0: the call is still running. */
export interface KeptAnswer {
  at: number;
  status: number;
  body: unknown;
}

export interface TossState {
  payments: Record<string, StoredPayment>;
  transactions: TossTransaction[];
  keys: Record<string, KeptAnswer>;
}

export const emptyState = (): TossState => ({ payments: {}, transactions: [], keys: {} });
