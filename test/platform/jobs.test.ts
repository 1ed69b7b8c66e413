import { afterAll, beforeAll, expect, it } from 'vitest';
import { enqueue, startWorker, type Worker } from '../../src/platform/jobs.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let worker: Worker;
const done: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  worker = await startWorker(database, {
    subscriptions: {},
    tasks: {
      note: payload => Promise.resolve(void done.push((payload as { name: string }).name)),
      fail: () => Promise.reject(new Error('on purpose')),
    },
    crontab: [],
    concurrency: 1,
    alone: true,
  });
});
afterAll(async () => {
  await worker.stop();
  await database.drop();
});

const add = (task: string, payload: Record<string, string> = {}) =>
  database.db.transaction(tx => enqueue(tx, task, payload));

/** The connection breaks at the very moment the queue notes that a job has ended: once, then never again. */
async function breakOnce(when: 'delete' | 'update'): Promise<void> {
  await database.db.raw(`
    create or replace function break_once() returns trigger language plpgsql as $$
    begin
      perform pg_terminate_backend(pid) from (select pg_backend_pid() as pid) own where nextval('breaks') = 1;
      return coalesce(new, old);
    end $$;
    drop sequence if exists breaks;
    create sequence breaks;
    drop trigger if exists break_once on graphile_worker._private_jobs;
    create trigger break_once before ${when} on graphile_worker._private_jobs for each row
      when (old.locked_by is not null) execute function break_once();
  `);
}

it.each(['delete', 'update'] as const)(
  'a connection lost while the end of a job is noted (%s) ends neither the process nor the queue',
  async when => {
    await breakOnce(when);
    await add(when === 'delete' ? 'note' : 'fail', { name: 'first' });
    await expect
      .poll(
        async () =>
          (await database.db.raw<{ rows: { used: boolean }[] }>(`select is_called as used from breaks`))
            .rows[0]!.used,
      )
      .toBe(true);
    await add('note', { name: `after ${when}` });
    await expect.poll(() => done, { timeout: 10_000 }).toContain(`after ${when}`);
  },
);
