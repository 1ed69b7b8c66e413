import type { Db } from '../../src/platform/db.js';
import {
  startMailSimulator,
  startStripeSimulator,
  startTossSimulator,
  type MailSimulator,
  type StripeSimulator,
  type TossSimulator,
} from '../../src/simulators/index.js';
import { testDatabase } from '../support/database.js';
import { createBook, type Book } from './book.js';
import { createMovedClock, type MovedClock } from './clock.js';
import { openDatabaseLog, type DatabaseLog } from './database-log.js';
import { createWebProcess, freePort, type WebProcess } from './processes.js';
import { setStage } from './stage.js';

export const WEBHOOK_SECRET = 'whsec_simulated';
const STRIPE_KEY = 'sk_test_simulated';
const TOSS_KEY = 'test_sk_simulated';

/** Everything a run happens in: one database, two processes of the store, the providers, the clock and the book. */
export interface World {
  readonly db: Db;
  readonly web: readonly WebProcess[];
  readonly stripe: StripeSimulator;
  readonly toss: TossSimulator;
  readonly mail: MailSimulator;
  readonly clock: MovedClock;
  readonly book: Book;
  readonly databaseLog: DatabaseLog;
  /** Variants of which there are only a few. */
  readonly scarce: readonly number[];
  /** Variants of which there is one piece, and that only crowds want. */
  readonly last: readonly number[];
  /** All that buyers can choose from, by currency. */
  readonly variants: Readonly<Record<string, readonly number[]>>;
  readonly bundles: readonly number[];
  /** Who works at the desk. */
  readonly account: { email: string; password: string };
  /** True once the buyers should finish. */
  isOver(): boolean;
  end(): void;
  /** Lets `ms` pass for the store and the providers alike. */
  moveTime(ms: number): void;
  /** Enqueues the sweep, as the clock of the queue does every minute; several may run at once. */
  sweepSoon(times: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts it all. The database is a copy of the demo's on the test server, which the caller has started. */
export async function createWorld(): Promise<World> {
  const book = createBook();
  const clock = createMovedClock();
  const database = await testDatabase({ seeded: true });
  const { db } = database;
  const databaseLog = await openDatabaseLog(db);
  const stage = await setStage(db, book);

  const ports = [await freePort(), await freePort()] as const;
  const baseUrl = `http://127.0.0.1:${ports[0]}`;
  const common = { port: 0, now: clock.now, retryDelaysMs: [100, 300, 800, 2_000] };
  const stripe = await startStripeSimulator({
    ...common,
    secretKey: STRIPE_KEY,
    webhook: { url: `${baseUrl}/webhooks/stripe`, secret: WEBHOOK_SECRET },
  });
  const toss = await startTossSimulator({
    ...common,
    secretKey: TOSS_KEY,
    webhook: { url: `${baseUrl}/webhooks/toss` },
  });
  const mail = await startMailSimulator({ httpPort: 0, smtpPort: 0 });
  const environment = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    BASE_URL: baseUrl,
    SESSION_SECRET: 'a secret that only this run knows, long enough',
    TRUST_PROXY: '1',
    SMTP_URL: mail.smtpUrl,
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_ORIGIN: stripe.origin,
    TOSS_SECRET_KEY: TOSS_KEY,
    TOSS_ORIGIN: toss.origin,
    SHOP_OWNER: 'Demo Trainium',
  };
  const web = ports.map((port, index) =>
    createWebProcess({ name: `web ${index + 1}`, port, environment, clock, book }),
  );

  // The mail simulator keeps the last 500 letters; the book keeps all.
  const collectLetters = () => {
    book.keepLetters(mail.letters());
    mail.clear();
  };
  const collector = setInterval(collectLetters, 1_000);
  let over = false;
  const world: World = {
    db,
    web,
    stripe,
    toss,
    mail,
    clock,
    book,
    databaseLog,
    ...stage,
    isOver: () => over,
    end: () => void (over = true),
    moveTime(ms) {
      clock.advance(ms);
      for (const process of web) process.tellTime();
      // Their clocks read ours; this only makes them look at it.
      stripe.advance(0);
      toss.advance(0);
    },
    async sweepSoon(times) {
      for (let left = times; left > 0; left -= 1)
        await db.raw(`select graphile_worker.add_job('checkout.sweep', '{}'::json)`);
    },
    async close() {
      over = true;
      clearInterval(collector);
      await Promise.all(web.map(process => process.kill()));
      collectLetters();
      await Promise.all([stripe.close(), toss.close(), mail.close()]);
      await database.drop();
    },
  };
  try {
    await Promise.all(web.map(process => process.start()));
  } catch (error) {
    await world.close();
    throw error;
  }
  return world;
}
