import { rows } from '../../src/platform/db.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/**
 * Lets events be heard once more, as the queue does with a job whose process was killed after its work was committed and
 * before the queue was told. Whoever listens has done all of it before: nothing may come of it.
 */
export async function repeatEvents(
  { db }: World,
  random: Random,
  { times, among }: { times: number; among: number },
): Promise<void> {
  const events = await rows<{ id: number }>(db, `select id from events order by id desc limit :among`, {
    among,
  });
  for (let left = Math.min(times, events.length); left > 0; left -= 1)
    await db.raw(`select graphile_worker.add_job('event', json_build_object('eventId', ?::bigint))`, [
      random.pick(events).id,
    ]);
}
