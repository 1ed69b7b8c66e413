import { setTimeout as pause } from 'node:timers/promises';
import { row, type Db } from '../../src/platform/db.js';
import { repeatEvents } from './old-events.js';
import type { Random } from './random.js';
import { compareBooks, repairFindings } from './staff-books.js';
import type { Staff } from './staff.js';
import { repeatOldNews } from './webhooks.js';
import type { World } from './world.js';

const MINUTE = 60_000;
const ROUNDS = 16;
/** Rounds that pass cards' deadlines one by one; the later ones pass those of deposits, which have days. */
const SMALL_STEPS = 7;
/** Longer than a busy machine takes for what a run leaves behind. */
const QUIET_WITHIN_MS = 5 * MINUTE;

/** Jobs that could run now or are running. */
async function jobsLeft(db: Db): Promise<number> {
  const found = await row<{ left: number }>(
    db,
    `select count(*) as left from graphile_worker.jobs
      where locked_at is not null or (run_at <= now() and attempts < max_attempts)`,
  );
  return found?.left ?? 0;
}

/** Resolves when no webhook is under way and no job could run; after some minutes it is up to the checks to complain. */
async function quiet({ db, stripe, toss }: World): Promise<void> {
  const deadline = Date.now() + QUIET_WITHIN_MS;
  for (let calm = 0; calm < 2 && Date.now() < deadline;) {
    await Promise.race([
      Promise.all([stripe.idle(), toss.idle()]),
      pause(QUIET_WITHIN_MS, null, { ref: false }),
    ]);
    // Twice in a row: a job that has just ended may have been answered by a webhook, and the reverse.
    calm = (await jobsLeft(db)) === 0 ? calm + 1 : 0;
    await pause(50);
  }
}

/** Whatever still waits for the clock. What waits for a person may: money of another sum, a refund that was refused. */
async function waiting(db: Db): Promise<number> {
  const found = await row<{ left: number }>(
    db,
    `select (select count(*) from orders o where o.state = 'pending'
              and not exists (select from payments p where p.order_id = o.id and p.state = 'mismatch'))
          + (select count(*) from payments where state in ('opened', 'pending'))
          + (select count(*) from payments p where p.state = 'refund_due'
              and not exists (select from refunds r where r.payment_id = p.id and r.state in ('failed', 'needs_account'))
              and not exists (select from disputes d where d.payment_id = p.id))
          + (select count(*) from refunds where state in ('requested', 'pending'))
          + (select count(*) from graphile_worker.jobs where attempts > 0 and attempts < max_attempts) as left`,
  );
  return found?.left ?? 0;
}

/**
 * Ends all trouble and gives the store what it may count on in life: processes that run, providers that answer, and
 * time. The clock of store and providers goes on by 36 minutes a round, then by hours, past every deadline there is, and
 * the sweep runs each time. Nothing in the store's tables is touched.
 *
 * Three things of the queue are hurried along, because it reads Postgres' clock, which nobody can move: jobs that
 * failed wait up to hours for their next try, and jobs of killed processes five minutes until they are taken over. Both
 * come by themselves; a run need not wait for it. All processes are dead when the locks are lifted, so none can belong
 * to a living worker. The sweep is enqueued instead of awaited: the queue does so every minute.
 */
export async function settle(world: World, random: Random, desk: Staff): Promise<void> {
  const { db, web, stripe, toss, mail } = world;
  await Promise.all(web.map(process => process.kill()));
  for (const provider of [stripe, toss]) provider.calm();
  mail.refuse(0);
  await db.raw(
    `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
  );
  await Promise.all(web.map(process => process.start()));
  stripe.setWebhookUrl(`${web[0]!.origin}/webhooks/stripe`);
  toss.setWebhookUrl(`${web[0]!.origin}/webhooks/toss`);
  await quiet(world);

  await reconcile(world, desk);
  // Bank transfers arrive or do not, at last.
  for (const { id, status, payment_status } of stripe.sessions()) {
    if (status !== 'complete' || payment_status !== 'unpaid') continue;
    await stripe.settleLater(id, random.chance(0.6) ? 'succeed' : 'fail');
  }
  await letTimePass(world);
  await repeatOldNews(world, random);
  await repeatEvents(world, random, { times: 60, among: 1_000 });
  await quiet(world);
  await reconcile(world, desk);
  // What was repaired just now may have set an order free that waited for a person until then.
  await letTimePass(world);
}

/** Time goes on, and the sweep with it, until nothing waits for the clock any more. */
async function letTimePass(world: World): Promise<void> {
  const { db } = world;
  for (let round = 0; round < ROUNDS; round += 1) {
    await hurry(db);
    await world.sweepSoon(1);
    await quiet(world);
    // The first rounds are for free: a deadline that has passed must not be mistaken for "nothing is waiting".
    if (round > 2 && (await waiting(db)) === 0) break;
    world.moveTime(round < SMALL_STEPS ? 36 * MINUTE : 6 * 60 * MINUTE);
  }
}

/** A lost webhook about money that a provider moved by itself is found by the daily comparison, and mended at the desk. */
async function reconcile(world: World, desk: Staff): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    // What happened in the last minute may still be on its way, so it is left for the next comparison; and one that had begun
    // before, and ends now, does not see the last hours.
    world.moveTime(2 * MINUTE);
    await compareBooks(desk);
    await hurry(world.db);
    await quiet(world);
    await repairFindings(desk);
    await quiet(world);
  }
}

/** Jobs that wait for another try have it now. */
async function hurry(db: Db): Promise<void> {
  await db.raw(
    `update graphile_worker._private_jobs set run_at = now() where attempts > 0 and locked_at is null`,
  );
}
