import express from 'express';
import { createClock } from '../clock.js';
import { createCourier, type Delivery } from '../courier.js';
import { listen, type ReceivedCall } from '../desk.js';
import { styleRoutes } from '../page.js';
import { openStateFile } from '../state-file.js';
import { createTroubleBook } from '../trouble.js';
import { createAccount } from './account.js';
import { tossApi } from './api.js';
import { failLocation, successLocation, tossPages } from './pages.js';
import type { TossMethod, TossPaymentObject } from './payment-object.js';
import { emptyState } from './state.js';
import type { TossTrouble } from './trouble.js';

export interface TossSimulatorOptions {
  /** 0 takes any free port. */
  port: number;
  /** The only key the API accepts. */
  secretKey: string;
  /** Unsigned, as Toss's are: an address is all there is to it. */
  webhook: { url: string } | null;
  /** Keeps the payments over restarts. */
  statePath?: string;
  now?: () => Date;
  /** Pauses before a webhook is tried again, in turn; after the last it is given up. */
  retryDelaysMs?: readonly number[];
}

export interface TossSimulator {
  /** Of the API, the payment window and the overview alike. */
  readonly origin: string;
  trouble(orders: TossTrouble | readonly TossTrouble[]): void;
  /** Ends all trouble and lets go of held webhooks. */
  calm(): void;
  setWebhookUrl(url: string | null): void;
  releaseWebhooks(): void;
  /** What the window's buttons do; each says where the browser is sent. Nothing is charged by any of them. */
  approve(paymentKey: string, how?: { method?: TossMethod | '간편결제' }): { location: string };
  refuse(paymentKey: string): { location: string };
  cancel(paymentKey: string): { location: string };
  /**
   * Somebody pays into a virtual account (false: the bank took no such sum, or the deadline has passed); the bank takes a
   * deposit back. Resolve once the store has answered.
   */
  deposit(paymentKey: string, amount?: number): Promise<boolean>;
  loseDeposit(paymentKey: string): Promise<void>;
  /** A person cancels at Toss's own console: all that is left, or `amount` of it. */
  cancelByHand(paymentKey: string, how?: { amount?: number; reason?: string }): Promise<void>;
  /** Pushes the clock: windows end after 30 minutes, approvals after 10, idempotency keys after 15 days. */
  advance(ms: number): void;
  payments(): TossPaymentObject[];
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

/** Starts a stand-in for Toss Payments: its API, its payment window and its webhooks, on one port. */
export async function startTossSimulator(options: TossSimulatorOptions): Promise<TossSimulator> {
  const file = openStateFile(options.statePath, emptyState());
  // A call that was running when the last process ended has no answer and never will.
  for (const [key, kept] of Object.entries(file.state.keys))
    if (kept.status === 0) delete file.state.keys[key];

  const clock = createClock(options.now);
  const troubles = createTroubleBook<TossTrouble>();
  const calls: ReceivedCall[] = [];
  const courier = createCourier({
    url: options.webhook?.url ?? null,
    troubles,
    retryDelaysMs: options.retryDelaysMs,
  });
  let origin = '';
  const account = createAccount({
    file,
    clock,
    courier,
    checkoutUrl: key => `${origin}/v1/payments/${key}/checkout`,
  });
  const app = express().disable('x-powered-by');
  app.use(styleRoutes());
  app.use(tossPages({ account, troubles, save: file.save }));
  app.use(
    tossApi({
      account,
      clock,
      secretKey: options.secretKey,
      troubles,
      log: call => {
        calls.push(call);
        calls.splice(0, calls.length - KEPT_CALLS);
      },
      save: file.save,
    }),
  );
  const server = await listen(app, options.port);
  origin = server.origin;
  const expiry = setInterval(() => account.ageAll(), LOOK_FOR_EXPIRED_MS);
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
    approve(paymentKey, how = {}) {
      const stored = account.get(paymentKey);
      account.approve(stored, how.method);
      file.save();
      return { location: successLocation(stored, troubles.take('tampered-return')?.amount) };
    },
    refuse: paymentKey => ({ location: failLocation(account.get(paymentKey), 'REJECT_CARD_COMPANY') }),
    cancel: paymentKey => ({ location: failLocation(account.get(paymentKey), 'PAY_PROCESS_CANCELED') }),
    deposit: async (paymentKey, amount) => account.deposit(account.get(paymentKey), amount),
    loseDeposit: async paymentKey => account.loseDeposit(account.get(paymentKey)),
    cancelByHand: async (paymentKey, { amount, reason = '고객 요청' } = {}) =>
      account.cancelByHand(account.get(paymentKey), amount ?? null, reason),
    advance(ms) {
      clock.advance(ms);
      account.ageAll();
    },
    payments: () => structuredClone(Object.values(file.state.payments).map(stored => stored.payment)),
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
