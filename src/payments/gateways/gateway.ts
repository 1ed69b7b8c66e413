import type { Locale } from '../../lib/locale.js';
import type { Money } from '../../lib/money.js';
import type { DepositInstructions, PayMethod, RefundAccount, Provider } from '../rules.js';

export { PROVIDERS, type Provider } from '../rules.js';

/** What a gateway needs to know of one attempt to pay; copied from the payment row, never from the browser. */
export interface Attempt {
  /** Our name for the attempt at the provider (its `client_reference_id` / `orderId`) and the stem of every
   *  idempotency key: 6–64 of [A-Za-z0-9_-], one per payment row. */
  reference: string;
  /** Checkout Session id / paymentKey, once the provider has told us. */
  providerId: string | null;
  /** How the buyer chose to pay; '' leaves it to the provider's page. */
  method: PayMethod;
  amount: Money;
  /** Shown to the buyer: order number, "Folding treadmill + 2", address for the provider's own receipt. */
  orderNumber: string;
  orderName: string;
  email: string;
  /** Who buys: the name on a virtual account. */
  name: string;
  locale: Locale;
  /** Payment must be impossible, or at least no longer taken by us, after this moment. */
  expiresAt: Date;
  /** Absolute URLs the provider sends the browser back to. They carry our own reference in the path. */
  returnUrl: string;
  cancelUrl: string;
}

export type StartResult =
  | { ok: true; providerId: string; redirectUrl: string }
  /** `unavailable`: no usable answer, the same call may be repeated with the same key. `refused`: an answered no. */
  | { ok: false; reason: 'unavailable' | 'refused'; code: string };

/** What the provider says about one attempt. Only the provider's API answer is evidence; a query string never is. */
export type Evidence =
  /** Can still be paid; `redirectUrl` leads back to the hosted page. */
  | { state: 'open'; providerId: string; redirectUrl: string | null }
  /** The buyer has agreed; the money moves when we confirm (Toss IN_PROGRESS). */
  | { state: 'authorised'; providerId: string }
  | {
      state: 'pending';
      providerId: string;
      /** A bank account that waits for the buyer's deposit. */
      deposit?: { instructions: DepositInstructions; secret: string | null };
    }
  | {
      state: 'captured';
      providerId: string;
      /** PaymentIntent / last transaction key. */
      transactionId: string | null;
      /** In the provider's own words: compared with the payment row by whoever settles, never trusted. */
      amount: number;
      currency: string;
      reference: string | null;
      live: boolean;
      /** What has gone back of it, where the provider tells along; read in full by `aftermath`. */
      returned?: number;
    }
  /** `alarm`: an answered no that says our own request or keys are wrong. */
  | { state: 'failed'; code: string; alarm?: true }
  | { state: 'expired' }
  /** The provider knows no such attempt. */
  | { state: 'missing' }
  /** No usable answer (timeout, 5xx, cut body): ask again later, conclude nothing. */
  | { state: 'unknown'; code: string };

export type Webhook =
  | {
      ok: true;
      /** Unique per delivery subject at this provider; the dedupe key of `gateway_events`. */
      eventId: string;
      type: string;
      /** Which attempt it speaks of, as far as the body tells; the body proves nothing else. */
      reference: string | null;
      providerId: string | null;
      /** The provider's transaction, where the body names only that. */
      transactionId?: string | null;
      /** `aftermath`: money that went back or is asked back, after the attempt itself was settled. */
      about?: 'aftermath';
      /** The provider's signature was on it, so even one that speaks of no payment of ours is worth keeping. */
      signed?: true;
      /** What a deposit callback proves its origin by; compared with what the provider told us before. */
      depositSecret?: string | null;
    }
  | { ok: false; reason: 'signature' | 'malformed' };

/** Money to give back, or a part of it. */
export interface RefundOrder {
  /** Our name for the refund at the provider and the stem of its idempotency key; one per refund row. */
  reference: string;
  providerId: string;
  /** PaymentIntent at Stripe; Toss needs none. */
  transactionId: string | null;
  amount: Money;
  /** What we believe is left to give back, this refund included; a provider that believes otherwise refuses. */
  refundable: number;
  /** Where a deposit goes back to; null for every other way of paying. */
  account: RefundAccount | null;
  /** How many accounts were given for it: a corrected request is another request. */
  accountsGiven: number;
}

export type RefundEvidence =
  | { state: 'succeeded' | 'pending'; providerRefundId: string }
  /** An answered no, or a refund that came back: the money is still ours to give. */
  | { state: 'failed'; code: string; providerRefundId?: string }
  /** The account to pay it to is missing, or the bank does not know it: the buyer is asked (again). */
  | { state: 'needs_account'; code: string }
  /** `elsewhere`: the provider has another sum left than our books: something went back that they do not know. */
  | { state: 'unknown'; code: string; elsewhere?: true };

/** A refund as the provider has it, whoever asked for it. Amounts in the store's smallest unit. */
export interface ProviderRefund {
  providerRefundId: string;
  /** Our name for it; null when it was made by hand at the provider. */
  reference: string | null;
  amount: number;
  currency: string;
  state: 'pending' | 'succeeded' | 'failed';
  /** Why it failed, as a short machine word. */
  code: string | null;
  at: Date;
}

/** A dispute as the provider has it. `lost`: the money is gone, also where the provider gave it back by itself. */
export interface ProviderDispute {
  providerDisputeId: string;
  amount: number;
  currency: string;
  reason: string;
  state: 'open' | 'won' | 'lost';
  /** In the provider's own word, for people. */
  providerState: string;
  evidenceDueAt: Date | null;
  openedAt: Date;
}

/** All that happened to a payment's money after it came in, oldest first; never a part of it. */
export type Aftermath =
  { ok: true; refunds: ProviderRefund[]; disputes: ProviderDispute[] } | { ok: false; code: string };

/** Where a payment's money is at the provider. */
export interface CapturedAt {
  providerId: string;
  transactionId: string | null;
}

/** One movement of money in the provider's books, for comparing them with ours. Amounts in the store's smallest unit. */
export interface ProviderRecord {
  kind: 'payment' | 'refund';
  /** The provider's own name for this record: charge `ch_…` or refund `re_…`, transactionKey at Toss. */
  providerId: string;
  /** What `payments.transaction_id` holds: PaymentIntent, paymentKey's last transaction. */
  transactionId: string | null;
  /** What `payments.provider_id` holds, where the list tells it: paymentKey; Stripe's names no session. */
  attemptId: string | null;
  /** Ours: of the payment, or of the refund (Toss names the payment beside both); null for money that moved without us. */
  reference: string | null;
  amount: number;
  currency: string;
  at: Date;
  live: boolean;
  /** In the provider's own word. */
  state: string;
}

export interface Gateway {
  readonly provider: Provider;
  /** Origins a form post may be redirected to (CSP `form-action`). Redirects elsewhere are refused. */
  readonly redirectOrigins: readonly string[];
  /** True when the keys move real money. */
  readonly live: boolean;
  /** Opens the hosted page. Safe to repeat: the same attempt gives the same page (idempotency key `start-<reference>`). */
  start(attempt: Attempt): Promise<StartResult>;
  /** Asks the provider what became of the attempt. Finds it even when the answer to `start` was lost. */
  ask(attempt: Attempt): Promise<Evidence>;
  /** The browser came back: takes the money where the provider waits for our confirmation, else just asks.
   *  `query` is the return URL's, a hint only. Safe to repeat and to race with itself. */
  complete(attempt: Attempt, query: Readonly<Record<string, unknown>>): Promise<Evidence>;
  /** Whether `complete` with this query would tell the provider to take the money, as far as can be seen before asking.
   *  Noted before it is done, so that nobody takes an attempt for unpaid whose confirmation may be under way. */
  wouldConfirm?(attempt: Attempt, query: Readonly<Record<string, unknown>>): boolean;
  /** Says the word of `complete` again, with the same key, for an attempt whose confirmation has no known answer. */
  resume?(attempt: Attempt): Promise<Evidence>;
  /** Makes the attempt unpayable and returns what it found: `expired`, or `captured` when the buyer was faster. */
  close(attempt: Attempt): Promise<Evidence>;
  /** Gives money back, or finds what became of it when it was ordered before. Safe to repeat: one reference, one refund. */
  refund(order: RefundOrder): Promise<RefundEvidence>;
  /** Refunds and disputes of a payment, read from the provider. */
  aftermath(payment: CapturedAt): Promise<Aftermath>;
  /** Our reference of the payment that a provider's transaction belongs to; null when it is none of ours.
   *  @throws when there is no answer. */
  referenceOf?(transactionId: string): Promise<string | null>;
  /** The provider's id of the attempt behind a transaction, for a row that has lost it; null when there is none. Missing
   *  where `ask` finds the attempt by our reference alone, however old it is. @throws when there is no answer. */
  locate?(transactionId: string): Promise<string | null>;
  /** Payments and refunds whose money moved from `from` (included) to `to` (excluded). @throws when there is no answer. */
  list(period: { from: Date; to: Date }): AsyncIterable<ProviderRecord>;
  /** Verifies and reads one webhook delivery. `rawBody` is the untouched bytes. */
  readWebhook(rawBody: Buffer, headers: Readonly<Record<string, string | string[] | undefined>>): Webhook;
}

/** The providers this installation has keys for. */
export type Gateways = Partial<Record<Provider, Gateway>>;
