import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, run, type Runner, type Task } from 'graphile-worker';
import type { Database, Tx } from './db.js';
import type { Events, EventType } from './events.js';
import { log } from './log.js';

export interface EventContext {
  eventId: number;
  now: Date;
}

/** For each event, who wants to know: a name (part of the job's identity) and a repeatable handler. */
export type Subscriptions = {
  [Type in EventType]?: Record<string, (payload: Events[Type], context: EventContext) => Promise<void>>;
};

/** Who listens in several rooms, as one. Names of one event differ between rooms. */
export function joinSubscriptions(...rooms: readonly Subscriptions[]): Subscriptions {
  const joined: Record<string, object> = {};
  for (const room of rooms) {
    for (const [type, listeners] of Object.entries(room)) joined[type] = { ...joined[type], ...listeners };
  }
  return joined;
}

/** Writes what happened and the job that tells the others, in the caller's transaction. Returns the event's id. */
export async function emit<Type extends EventType>(
  tx: Tx,
  type: Type,
  payload: Events[Type],
): Promise<number> {
  const [event] = await tx('events')
    .insert({ type, payload: JSON.stringify(payload) })
    .returning<{ id: number }[]>('id');
  const eventId = event!.id;
  await enqueue(tx, 'event', { eventId }, { key: `event:${eventId}` });
  return eventId;
}

/** Adds a job in the caller's transaction: it runs after the commit, never after a rollback. Jobs of one queue take turns. */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  options: { key?: string; runAt?: Date; queue?: string; tries?: number } = {},
): Promise<void> {
  await tx.raw(
    `select graphile_worker.add_job(?, payload => ?::json, job_key => ?, run_at => ?::timestamptz, queue_name => ?, max_attempts => ?::int)`,
    [
      task,
      JSON.stringify(payload),
      options.key ?? null,
      options.runAt?.toISOString() ?? null,
      options.queue ?? null,
      options.tries ?? 25,
    ],
  );
}

/** The task that hands an event to its subscribers: one job each, so that one's trouble is not another's. */
function eventTasks(database: Database, subscriptions: Subscriptions): Record<string, Task> {
  const { db } = database;
  const handlers = subscriptions as Record<
    string,
    Record<string, (payload: unknown, context: EventContext) => Promise<void>> | undefined
  >;
  const load = async (eventId: number) =>
    await db('events').where({ id: eventId }).first<{ type: string; payload: unknown } | undefined>();
  return {
    async event(payload) {
      const { eventId } = payload as { eventId: number };
      const event = await load(eventId);
      const names = Object.keys(handlers[event?.type ?? ''] ?? {});
      await db.transaction(async tx => {
        for (const name of names)
          await enqueue(tx, 'hear', { eventId, name }, { key: `event:${eventId}:${name}` });
      });
    },
    async hear(payload) {
      const { eventId, name } = payload as { eventId: number; name: string };
      const event = await load(eventId);
      if (event) await handlers[event.type]?.[name]?.(event.payload, { eventId, now: new Date() });
    },
  };
}

/** Failed jobs are logged by name below (their messages may hold addresses); the rest is the queue's own trouble. */
const workerLog = new Logger(() => (level, message) => {
  if (message.startsWith('Failed task')) return;
  if (level === 'error' || level === 'warning')
    log.warn('job queue', { detail: message.split('\n')[0]?.slice(0, 200) });
});

export interface Worker {
  stop(): Promise<void>;
}

/** Longer than any job of ours takes: a job locked for so long lost its worker. */
const ABANDONED_AFTER = '5 minutes';

/** Frees jobs whose worker was killed; graphile-worker itself would wait four hours. Jobs are repeatable, so an error
 *  of judgement costs a second run. `since` is an interval; '0' frees all, for a process that knows it is alone. */
async function reclaimJobs(database: Database, since: string): Promise<void> {
  await database.db.raw(
    `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs
      where locked_by is not null and locked_at <= now() - ?::interval))`,
    [since],
  );
}

/**
 * Works on jobs until stopped. `tasks` are further tasks by name; `crontab` runs some of them by the clock (UTC).
 * `alone`: no other process works on this database's jobs, so whatever is locked now was left behind by a killed one.
 */
export async function startWorker(
  database: Database,
  options: {
    subscriptions: Subscriptions;
    tasks: Record<string, (payload: unknown) => Promise<void>>;
    crontab: readonly { task: string; match: string }[];
    concurrency: number;
    alone: boolean;
  },
): Promise<Worker> {
  await reclaimJobs(database, options.alone ? '0' : ABANDONED_AFTER);
  const begin = async (): Promise<Runner> => {
    const runner = await run({
      pgPool: database.pool,
      concurrency: options.concurrency,
      noHandleSignals: true,
      pollInterval: 2_000,
      // Without batches graphile-worker (0.17) notes the end of a job in a promise that nobody awaits: a connection lost
      // at that moment would take the whole process with it. A batch that fails ends the runner, and we begin anew.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: {
        ...eventTasks(database, options.subscriptions),
        ...options.tasks,
        'jobs.reclaim': () => reclaimJobs(database, ABANDONED_AFTER),
      },
      parsedCronItems: parseCronItems(
        [...options.crontab, { task: 'jobs.reclaim', match: '* * * * *' }].map(({ task, match }) => ({
          task,
          match,
          options: { backfillPeriod: 0 },
          identifier: task,
        })),
      ),
      logger: workerLog,
    });
    runner.events.on('job:error', ({ job, error }) =>
      log.warn('job failed', {
        task: job.task_identifier,
        job: job.id,
        attempt: job.attempts,
        error: nameOf(error),
        at: placeOf(error),
      }),
    );
    return runner;
  };
  return await keepRunning(begin);
}

const BEGIN_AGAIN_AFTER_MS = 1_000;

/**
 * Begins anew whenever the runner ends by itself, as it does when the database could not be told how a job ended. That
 * job stays locked until it is reclaimed, and runs again.
 */
async function keepRunning(begin: () => Promise<Runner>): Promise<Worker> {
  let runner = await begin();
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      // Why it ended is in the log already; here it only matters that it did.
      await runner.promise.catch(() => undefined);
      do {
        await sleep(BEGIN_AGAIN_AFTER_MS, undefined, { signal: stopping.signal });
        log.warn('job queue begins anew');
      } while (!(await tryAgain()));
    }
  };
  const tryAgain = async (): Promise<boolean> => {
    try {
      runner = await begin();
      if (stopping.signal.aborted) await runner.stop();
      return true;
    } catch (error) {
      log.warn('job queue does not begin', { error: nameOf(error) });
      return false;
    }
  };
  // Ends with the pause that stopping interrupts.
  const watching = watch().catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      // One that ended by itself a moment ago has nothing left to stop.
      await runner.stop().catch(() => undefined);
      await watching;
    },
  };
}

/** Where it was thrown: the first line of the stack, which unlike the message holds no data. */
function placeOf(error: unknown): string {
  const frame =
    error instanceof Error ? error.stack?.split('\n').find(line => /^\s+at /.test(line)) : undefined;
  return frame?.trim().slice(3) ?? '';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
