import express from 'express';
import type { Stripe } from 'stripe';
import { createClock } from '../clock.js';
import { createCourier, type Delivery } from '../courier.js';
import { listen, type ReceivedCall } from '../desk.js';
import { styleRoutes } from '../page.js';
import { openStateFile } from '../state-file.js';
import { createTroubleBook } from '../trouble.js';
import { createAccount } from './account.js';
import type { DisputeEnd } from './aftermath.js';
import { stripeApi } from './api.js';
import { stripeDashboard } from './dashboard.js';
import { stripePages, successLocation } from './pages.js';
import { emptyState } from './state.js';
import type { StripeTrouble } from './trouble.js';

export interface StripeSimulatorOptions {
  /** 0 takes any free port. */
  port: number;
  /** The only key the API accepts; `sk_live_…` makes it answer in live mode. */
  secretKey: string;
  webhook: { url: string; secret: string } | null;
  /** Keeps the account over restarts. */
  statePath?: string;
  now?: () => Date;
  /** Pauses before a webhook is tried again, in turn; after the last it is given up. */
  retryDelaysMs?: readonly number[];
}

export interface StripeSimulator {
  /** Of the API, the hosted pages and the overview alike. */
  readonly origin: string;
  trouble(orders: StripeTrouble | readonly StripeTrouble[]): void;
  /** Ends all trouble and lets go of held webhooks. */
  calm(): void;
  setWebhookUrl(url: string | null): void;
  releaseWebhooks(): void;
  /** What the page's buttons do. Each resolves, as the page does, once the store has answered the main webhook. */
  pay(sessionId: string, how?: { amount?: number }): Promise<{ location: string }>;
  decline(sessionId: string): Promise<void>;
  payLater(sessionId: string): Promise<{ location: string }>;
  settleLater(sessionId: string, outcome: 'succeed' | 'fail'): Promise<void>;
  expire(sessionId: string): Promise<void>;
  /** What a person does in Stripe's dashboard: gives back all that is left of a session's charge, or `amount` of it. */
  refundByHand(sessionId: string, amount?: number): Stripe.Refund;
  /** A pending refund is done; any refund comes back. */
  finishRefund(refundId: string): Promise<void>;
  failRefund(refundId: string): Promise<void>;
  /** The buyer's bank asks for a session's money, or (`inquiry`) for an explanation first. */
  openDispute(
    sessionId: string,
    facts?: { reason?: string; amount?: number; inquiry?: boolean },
  ): Promise<Stripe.Dispute>;
  answerDispute(disputeId: string): Promise<void>;
  closeDispute(disputeId: string, end: DisputeEnd): Promise<void>;
  /** Pushes the account's clock; sessions whose time is up expire, with their event. */
  advance(ms: number): void;
  sessions(): Stripe.Checkout.Session[];
  refunds(): Stripe.Refund[];
  disputes(): Stripe.Dispute[];
  events(): Stripe.Event[];
  /** Every API call received, oldest first. */
  requests(): ReceivedCall[];
  /** Every webhook sent and how each try ended. */
  deliveries(): Delivery[];
  /** Resolves when no webhook is under way; held ones do not count. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const LOOK_FOR_EXPIRED_MS = 5_000;
const KEPT_CALLS = 1_000;

/** Starts a stand-in for Stripe: its API, its hosted page and its webhooks, on one port. */
export async function startStripeSimulator(options: StripeSimulatorOptions): Promise<StripeSimulator> {
  const file = openStateFile(options.statePath, emptyState());
  // A call that was running when the last process ended has no answer and never will.
  for (const [key, kept] of Object.entries(file.state.keys))
    if (kept.status === 0) delete file.state.keys[key];

  const clock = createClock(options.now);
  const troubles = createTroubleBook<StripeTrouble>();
  const calls: ReceivedCall[] = [];
  const courier = createCourier({
    url: options.webhook?.url ?? null,
    troubles,
    retryDelaysMs: options.retryDelaysMs,
  });
  const live = /^(sk|rk)_live_/.test(options.secretKey);
  const account = createAccount({
    file,
    clock,
    courier,
    live,
    webhookSecret: () => options.webhook?.secret ?? 'whsec_none',
    signingTime: options.now ?? (() => new Date()),
  });

  const charged = (sessionId: string): Stripe.Charge => {
    const charge = account.chargeOfSession(account.getSession(sessionId));
    if (!charge) throw new Error(`session ${sessionId} was not paid`);
    return charge;
  };

  let origin = '';
  const app = express().disable('x-powered-by');
  app.use(styleRoutes());
  app.use(stripePages({ account, troubles, save: file.save }));
  app.use(stripeDashboard({ account, troubles, save: file.save }));
  app.use(
    stripeApi({
      account,
      clock,
      secretKey: options.secretKey,
      live,
      troubles,
      log: call => {
        calls.push(call);
        calls.splice(0, calls.length - KEPT_CALLS);
      },
      save: file.save,
      pageUrl: id => `${origin}/c/pay/${id}`,
    }),
  );
  const server = await listen(app, options.port);
  origin = server.origin;
  const expiry = setInterval(() => account.expireDue(), LOOK_FOR_EXPIRED_MS);
  expiry.unref();

  return {
    origin,
    trouble: troubles.order,
    calm() {
      troubles.calm();
      courier.release();
    },
    setWebhookUrl: courier.setUrl,
    releaseWebhooks: courier.release,
    async pay(sessionId, how = {}) {
      const stored = account.getSession(sessionId);
      await account.pay(stored, how.amount ?? troubles.take('pay-another-amount')?.amount);
      return { location: successLocation(stored) };
    },
    decline: async sessionId => account.decline(account.getSession(sessionId)),
    async payLater(sessionId) {
      const stored = account.getSession(sessionId);
      await account.payLater(stored);
      return { location: successLocation(stored) };
    },
    settleLater: async (sessionId, outcome) => account.settleLater(account.getSession(sessionId), outcome),
    expire: async sessionId => account.expire(account.getSession(sessionId)),
    refundByHand(sessionId, amount) {
      const pending = troubles.take('refunds-pending') !== null;
      const facts = { amount: amount ?? null, reason: null, metadata: {}, pending };
      const made = account.refund(charged(sessionId), facts, null);
      file.save();
      return structuredClone(made);
    },
    finishRefund: account.finishRefund,
    failRefund: account.failRefund,
    openDispute: async (sessionId, facts) =>
      structuredClone(await account.openDispute(charged(sessionId), facts)),
    answerDispute: account.answerDispute,
    closeDispute: account.closeDispute,
    advance(ms) {
      clock.advance(ms);
      account.expireDue();
    },
    sessions: () => structuredClone(Object.values(file.state.sessions).map(stored => stored.session)),
    refunds: () => structuredClone(Object.values(file.state.refunds)),
    disputes: () => structuredClone(Object.values(file.state.disputes)),
    events: () => structuredClone(Object.values(file.state.events)),
    requests: () => structuredClone(calls),
    deliveries: courier.deliveries,
    idle: courier.idle,
    async close() {
      clearInterval(expiry);
      await courier.close();
      await server.close();
      file.save();
    },
  };
}
