import { setTimeout as pause } from 'node:timers/promises';
import type { StripeTrouble, TossTrouble } from '../../src/simulators/index.js';
import { receiveStock } from '../../src/inventory/index.js';
import { inTransaction, rows } from '../../src/platform/db.js';
import { count } from './book.js';
import { repeatEvents } from './old-events.js';
import { strikeByHand } from './provider-hands.js';
import type { Random } from './random.js';
import { forge } from './webhooks.js';
import type { World } from './world.js';

const MINUTE = 60_000;

/** Something that goes wrong again and again, each time after a pause of `every` ms. */
interface Plague {
  name: string;
  every: readonly [number, number];
  strike: (world: World, random: Random) => Promise<void> | void;
}

const CALLS = ['create', 'retrieve', 'expire', 'refund', 'list'] as const;
const TOSS_CALLS = ['create', 'get', 'confirm', 'cancel'] as const;

function stripeTrouble(random: Random): StripeTrouble {
  const on = random.pick(CALLS);
  const times = random.whole(1, 3);
  const effect = random.pick(['before', 'after'] as const);
  return random.weighted<{ weight: number; trouble: StripeTrouble }>([
    { weight: 1, trouble: { kind: 'hang', effect, on, times: 1 } },
    { weight: 4, trouble: { kind: 'slow', effect, on, times, ms: random.whole(200, 2_500) } },
    { weight: 4, trouble: { kind: 'error', effect, on, times } },
    { weight: 3, trouble: { kind: 'cut', on, times } },
    // Money went back and nobody was told: whoever asks again must not give it twice.
    { weight: 2, trouble: { kind: 'error', effect: 'after', on: 'refund', times } },
    { weight: 2, trouble: { kind: 'paid-before-answer', times: 1 } },
    { weight: 1.5, trouble: { kind: 'pay-another-amount', amount: 100, times: 1 } },
    ...onTheWay(random),
  ]).trouble;
}

function tossTrouble(random: Random): TossTrouble {
  const on = random.pick(TOSS_CALLS);
  const times = random.whole(1, 3);
  const effect = random.pick(['before', 'after'] as const);
  return random.weighted<{ weight: number; trouble: TossTrouble }>([
    { weight: 1, trouble: { kind: 'hang', effect, on, times: 1 } },
    { weight: 4, trouble: { kind: 'slow', effect, on, times, ms: random.whole(200, 2_500) } },
    // While a confirmation is on its way the buyer, another tab or the sweep may end the order.
    { weight: 4, trouble: { kind: 'slow', effect, on: 'confirm', times, ms: random.whole(200, 2_500) } },
    { weight: 4, trouble: { kind: 'error', effect, on, times } },
    { weight: 3, trouble: { kind: 'cut', on, times } },
    { weight: 3, trouble: { kind: 'error', effect: 'after', on: 'cancel', times } },
    { weight: 2, trouble: { kind: 'webhook-before-answer', times: 1 } },
    { weight: 1, trouble: { kind: 'answer-code', code: 'REJECT_CARD_COMPANY', on: 'confirm', times: 1 } },
    { weight: 1, trouble: { kind: 'tampered-return', amount: 1, times: 1 } },
    { weight: 0.7, trouble: { kind: 'pay-another-amount', amount: 100, times: 1 } },
    ...onTheWay(random),
  ]).trouble;
}

/** Webhooks of either provider. */
const onTheWay = (random: Random) =>
  [
    { weight: 3, trouble: { kind: 'webhooks-lost', times: random.whole(1, 3) } },
    { weight: 3, trouble: { kind: 'webhooks-delayed', ms: random.whole(100, 3_000), times: 2 } },
    { weight: 2, trouble: { kind: 'webhooks-held', times: random.whole(1, 3) } },
    { weight: 4, trouble: { kind: 'webhooks-duplicated', times: random.whole(1, 3) } },
    { weight: 3, trouble: { kind: 'webhooks-reordered', count: random.whole(2, 3), times: 1 } },
  ] as const;

/** Ends a few of the store's connections at once, as a database that fails over does. */
async function cutConnections({ db, book }: World, random: Random): Promise<void> {
  const backends = await rows<{ pid: number }>(
    db,
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'web' order by pid`,
  );
  for (let left = random.whole(1, 4); left > 0 && backends.length > 0; left -= 1) {
    const { pid } = random.pick(backends);
    book.disconnected();
    await db.raw(`select pg_terminate_backend(?)`, [pid]);
    book.disconnected();
  }
}

const PLAGUES: readonly Plague[] = [
  {
    name: 'trouble at Stripe',
    every: [150, 900],
    strike: ({ stripe }, random) => stripe.trouble(stripeTrouble(random)),
  },
  {
    name: 'trouble at Toss',
    every: [150, 900],
    strike: ({ toss }, random) => toss.trouble(tossTrouble(random)),
  },
  {
    name: 'held webhooks released',
    every: [500, 2_500],
    strike: ({ stripe, toss }) => [stripe, toss].forEach(provider => provider.releaseWebhooks()),
  },
  {
    name: 'webhooks sent to the other process',
    every: [1_000, 4_000],
    strike({ stripe, toss, web }, random) {
      stripe.setWebhookUrl(`${random.pick(web).origin}/webhooks/stripe`);
      toss.setWebhookUrl(`${random.pick(web).origin}/webhooks/toss`);
    },
  },
  {
    name: 'letters refused',
    every: [1_000, 5_000],
    strike: ({ mail }, random) => mail.refuse(random.whole(1, 3)),
  },
  { name: 'forged webhook', every: [400, 2_000], strike: forge },
  { name: 'connections cut', every: [5_000, 11_000], strike: cutConnections },
  {
    name: 'process killed',
    every: [3_000, 9_000],
    async strike({ web }, random) {
      const victim = random.pick(web);
      await victim.kill();
      await pause(random.whole(0, 1_500));
      await victim.start();
    },
  },
  {
    // Around the limits that matter: 5 and 10 minutes of the providers, 30 of the order, 2 hours of its last try.
    name: 'time passed',
    every: [3_000, 9_000],
    async strike(world, random) {
      world.moveTime(random.pick([1, 2, 6, 6, 9, 11, 16, 29, 31, 31, 36, 65, 121]) * MINUTE);
      if (random.chance(0.7)) await world.sweepSoon(random.whole(1, 3));
    },
  },
  {
    name: 'sweep at an odd moment',
    every: [700, 3_000],
    strike: (world, random) => world.sweepSoon(random.whole(1, 2)),
  },
  {
    name: 'events heard once more',
    every: [300, 1_500],
    strike: (world, random) => repeatEvents(world, random, { times: random.whole(1, 4), among: 40 }),
  },
  { name: 'something was done at a provider', every: [300, 1_200], strike: strikeByHand },
  {
    name: 'goods came in',
    every: [2_000, 5_000],
    async strike({ db, book, scarce, clock }, random) {
      const variantId = random.pick(scarce);
      const because = { actor: 'runner', cause: 'goods came in', now: clock.now() };
      await inTransaction(db, tx => receiveStock(tx, { ...because, variantId, quantity: 2 }));
      count(book.received, variantId, 2);
    },
  },
];

/** Lets everything go wrong until the world is over. */
export async function plague(world: World, random: Random): Promise<void> {
  await Promise.all(
    PLAGUES.map(async ({ name, every, strike }) => {
      const own = random.fork(name);
      for (;;) {
        await pause(own.whole(...every));
        if (world.isOver()) return;
        world.book.troubled(name);
        await strike(world, own);
      }
    }),
  );
}
