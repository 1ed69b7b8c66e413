import { availableParallelism } from 'node:os';
import { hashPassword, newPassword } from '../../src/accounts/index.js';

/**
 * `npm run bench:password`: how long one password takes at each bcrypt cost on this machine, alone and with as many at once
 * as it has threads for them; the least of several goes, so that other work here does not count.
 */
const COSTS = [8, 9, 10, 11, 12, 13, 14];
const GOES = 5;
/** Longer than this and signing in feels slow; shorter, and a stolen database is guessed through sooner than it need be. */
const BEARABLE_MS = 300;
/** bcrypt works on libuv's threads, four unless UV_THREADPOOL_SIZE says otherwise. */
const AT_ONCE = Math.min(4, availableParallelism());

async function fastest(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let go = 0; go < GOES; go += 1) {
    const started = performance.now();
    await work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

const password = newPassword();
const shown = (ms: number) => `${ms.toFixed(1)} ms`.padStart(12);
let choice = COSTS[0]!;
console.log(`cost      one alone   ${AT_ONCE} at once   a second at most`);
for (const cost of COSTS) {
  const alone = await fastest(() => hashPassword(password, cost));
  const together = await fastest(() =>
    Promise.all(Array.from({ length: AT_ONCE }, () => hashPassword(password, cost))),
  );
  if (alone <= BEARABLE_MS) choice = cost;
  const rate = ((AT_ONCE * 1_000) / together).toFixed(1).padStart(10);
  console.log(`${String(cost).padStart(4)} ${shown(alone)} ${shown(together)} ${rate}`);
  if (alone > 4 * BEARABLE_MS) break;
}
console.log(`The greatest cost below ${BEARABLE_MS} ms here: BCRYPT_COST=${choice}`);
