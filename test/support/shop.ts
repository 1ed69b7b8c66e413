import { AsyncLocalStorage } from 'node:async_hooks';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Express } from 'express';
import { createApp } from '../../src/app.js';
import { createGateways } from '../../src/payments/index.js';
import { readConfig, type Config } from '../../src/platform/config.js';
import type { Db } from '../../src/platform/db.js';
import { logTo } from '../../src/platform/log.js';
import {
  startGoogleSimulator,
  startKakaoSimulator,
  startMailSimulator,
  startStripeSimulator,
  startTossSimulator,
  type MailSimulator,
  type SignInSimulator,
  type StripeSimulator,
  type TossSimulator,
} from '../../src/simulators/index.js';
import { startJobs } from '../../src/worker.js';
import { testDatabase, type TestDatabase } from './database.js';

export const STRIPE_WEBHOOK_SECRET = 'whsec_simulated';

export interface Shop {
  readonly origin: string;
  readonly config: Config;
  readonly app: Express;
  readonly db: Db;
  readonly database: TestDatabase;
  readonly stripe: StripeSimulator;
  readonly toss: TossSimulator;
  readonly mail: MailSimulator;
  readonly google: SignInSimulator;
  readonly kakao: SignInSimulator;
  /** The store's log since the start, one JSON line an entry. */
  readonly logs: string[];
  now(): Date;
  /** Lets time pass for the store and for both payment providers. */
  advance(ms: number): void;
  /** Resolves when no webhook is under way and every job that is due has run. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** With the demo's goods (the default) or migrated and empty. */
  seeded?: boolean;
  /** Whether jobs run. The default is yes. */
  jobs?: boolean;
  /** Further settings, as the environment would have them. */
  environment?: Readonly<Record<string, string>>;
}

const SETTLE_WITHIN_MS = 20_000;

/** Due jobs that have not run, or are running; those that failed and wait for another try do not count. */
async function jobsLeft(db: Db): Promise<number> {
  const { rows } = await db.raw<{ rows: { left: number }[] }>(
    `select count(*) as left from graphile_worker.jobs where locked_at is not null or (attempts = 0 and run_at <= now())`,
  );
  return rows[0]?.left ?? 0;
}

/** A shop that was closed may still answer somebody who left: its lines are not those of the shop that stands now. */
const whose = new AsyncLocalStorage<string[]>();

/** The whole store on a port of its own: database, simulators of the providers, worker. Nothing leaves this machine. */
export async function startShop({
  seeded = true,
  jobs = true,
  environment = {},
}: ShopOptions = {}): Promise<Shop> {
  const logs: string[] = [];
  logTo(line => void (whose.getStore() ?? logs).push(line));
  const database = await testDatabase({ seeded });

  // The port is part of the configuration, so the server listens before there is a store to serve.
  let serve: RequestListener = (_req, res) => void res.writeHead(503).end();
  const server = http.createServer((req, res) => serve(req, res));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const stripe = await startStripeSimulator({
    port: 0,
    secretKey: 'sk_test_simulated',
    webhook: { url: `${origin}/webhooks/stripe`, secret: STRIPE_WEBHOOK_SECRET },
    retryDelaysMs: [50, 100, 200],
  });
  const toss = await startTossSimulator({
    port: 0,
    secretKey: 'test_sk_simulated',
    webhook: { url: `${origin}/webhooks/toss` },
    retryDelaysMs: [50, 100, 200],
  });
  const mail = await startMailSimulator({ httpPort: 0, smtpPort: 0 });
  const signIn = (provider: string) => ({
    port: 0,
    clientId: `${provider}-simulated`,
    clientSecret: `${provider}-secret`,
    redirectUri: `${origin}/auth/${provider}/callback`,
  });
  const google = await startGoogleSimulator(signIn('google'));
  const kakao = await startKakaoSimulator(signIn('kakao'));

  const config = readConfig({
    BASE_URL: origin,
    DATABASE_URL: database.url,
    BCRYPT_COST: '4',
    SESSION_SECRET: 'a secret that only tests know, long enough',
    SMTP_URL: mail.smtpUrl,
    STRIPE_SECRET_KEY: 'sk_test_simulated',
    STRIPE_WEBHOOK_SECRET,
    STRIPE_ORIGIN: stripe.origin,
    TOSS_SECRET_KEY: 'test_sk_simulated',
    TOSS_ORIGIN: toss.origin,
    GOOGLE_CLIENT_ID: 'google-simulated',
    GOOGLE_CLIENT_SECRET: 'google-secret',
    GOOGLE_ORIGIN: google.origin,
    KAKAO_CLIENT_ID: 'kakao-simulated',
    KAKAO_CLIENT_SECRET: 'kakao-secret',
    KAKAO_ORIGIN: kakao.origin,
    SHOP_OWNER: 'Demo Trainium',
    SHOP_ADDRESS: '1 Sample-ro, Mapo-gu, Seoul 04000',
    SHOP_PHONE: '+82 2 000 0000',
    SHOP_EMAIL: 'hello@trainium.example',
    SHOP_BUSINESS_NUMBER: '000-00-00000',
    SHOP_MAIL_ORDER_NUMBER: '2026-Seoul-00000',
    SHOP_HOSTING: 'Demo',
    SHOP_PRIVACY_OFFICER: 'Demo Trainium',
    ...environment,
  });
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const gateways = createGateways(config);
  const app = await createApp({ config, database, gateways, now });
  serve = (req, res) => whose.run(logs, () => void app(req, res));
  const worker = jobs
    ? await whose.run(logs, () => startJobs({ config, database, gateways, now, alone: true }))
    : null;

  return {
    origin,
    config,
    app,
    db: database.db,
    database,
    stripe,
    toss,
    mail,
    google,
    kakao,
    logs,
    now,
    advance(ms) {
      ahead += ms;
      stripe.advance(ms);
      toss.advance(ms);
    },
    async settled() {
      const deadline = Date.now() + SETTLE_WITHIN_MS;
      for (;;) {
        await Promise.all([stripe.idle(), toss.idle()]);
        if (!jobs || (await jobsLeft(database.db)) === 0) return;
        if (Date.now() > deadline) throw new Error('jobs are still waiting');
        await pause(20);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await worker?.stop();
      await Promise.all([stripe, toss, mail, google, kakao].map(simulator => simulator.close()));
      await database.drop();
    },
  };
}
