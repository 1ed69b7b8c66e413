import { pathToFileURL } from 'node:url';
import {
  forgetSetups,
  forgetSignIns,
  forgetTries,
  forgetUnverified,
  forgetUserTokens,
} from './accounts/index.js';
import { reviewPayment, sweep } from './checkout/index.js';
import { forgetRequests, inventorySubscriptions } from './inventory/index.js';
import { forgetStockLetters, mailSubscriptions } from './mail/index.js';
import { mediaTasks } from './media/index.js';
import { forgetExports, myAccountSubscriptions, scrubDueOrders } from './my-account/index.js';
import { notificationSubscriptions } from './notifications/index.js';
import { orderSubscriptions } from './orders/index.js';
import { createGateways, performRefund, type Gateways } from './payments/index.js';
import { readConfig, type Config } from './platform/config.js';
import { connect, inTransaction, type Database } from './platform/db.js';
import { joinSubscriptions, startWorker, type Worker } from './platform/jobs.js';
import { log } from './platform/log.js';
import { failStart, untilStopped } from './platform/process.js';
import { reconciliationTasks, RECONCILIATION_CRON } from './reconciliation/index.js';
import { createMailer } from './platform/smtp.js';

/** Everything that waits for later: who hears of which event, and what the clock does. */
export async function startJobs(deps: {
  config: Config;
  database: Database;
  gateways: Gateways;
  now: () => Date;
  alone: boolean;
}): Promise<Worker> {
  const { config, database, gateways, now, alone } = deps;
  const { db } = database;
  const mailer = createMailer(config.smtpUrl);
  const worker = await startWorker(database, {
    subscriptions: joinSubscriptions(
      orderSubscriptions({ db }),
      mailSubscriptions({ db, mailer, config }),
      inventorySubscriptions({ db }),
      notificationSubscriptions({ db }),
      myAccountSubscriptions({ db, shop: config.shop.name }),
    ),
    tasks: {
      ...mediaTasks({ db }),
      ...reconciliationTasks({ db, gateways, baseUrl: config.baseUrl, now }),
      'checkout.sweep': () => sweep({ db, gateways, baseUrl: config.baseUrl }, { now: now() }),
      'payments.refund': async payload => {
        const { refundId } = payload as { refundId: number };
        await performRefund({ db, gateways }, { refundId, now: now() });
      },
      'payments.review': async payload => {
        const { paymentId } = payload as { paymentId: number };
        await reviewPayment({ db, gateways, baseUrl: config.baseUrl }, { paymentId, now: now() });
      },
      housekeeping: async () => {
        await db('sessions').where('expire', '<', now()).delete();
        await forgetSignIns(db, { now: now() });
        await forgetTries(db, { now: now() });
        await forgetSetups(db, { now: now() });
        await forgetUserTokens(db, { now: now() });
        await inTransaction(db, tx => forgetUnverified(tx, { now: now() }));
        await forgetExports(db, { now: now() });
        await scrubDueOrders(db, { now: now() });
        await forgetRequests(db, { now: now() });
        await forgetStockLetters(db, { now: now() });
        await db('rate_limits').where('expire', '<', now().getTime()).delete();
      },
    },
    crontab: [
      { task: 'checkout.sweep', match: '* * * * *' },
      { task: 'housekeeping', match: '17 3 * * *' },
      RECONCILIATION_CRON,
    ],
    concurrency: 3,
    alone,
  });
  return {
    async stop() {
      await worker.stop();
      mailer.close();
    },
  };
}

/** `worker:` of the Procfile. */
async function main(): Promise<void> {
  const config = readConfig();
  const database = connect(config.databaseUrl, { name: 'worker', max: 6 });
  const worker = await startJobs({
    config,
    database,
    gateways: createGateways(config),
    now: () => new Date(),
    alone: false,
  });
  log.info('worker started');
  await untilStopped(async () => {
    await worker.stop();
    await database.close();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main().catch(failStart);
