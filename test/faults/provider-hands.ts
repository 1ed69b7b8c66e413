import { rows } from '../../src/platform/db.js';
import type { Random } from './random.js';
import type { World } from './world.js';

/** What people and banks do at a provider without the store asking. */
interface Deed {
  name: string;
  weight: number;
  act: (world: World, random: Random) => Promise<unknown>;
}

const paidSessions = ({ stripe }: World) =>
  stripe.sessions().filter(session => session.payment_status === 'paid');
const waitingAccounts = ({ toss }: World) =>
  toss.payments().filter(({ status }) => status === 'WAITING_FOR_DEPOSIT');
const deposits = ({ toss }: World) =>
  toss.payments().filter(({ status, virtualAccount }) => status === 'DONE' && virtualAccount !== null);

const DEEDS: readonly Deed[] = [
  {
    name: 'a deposit arrives',
    weight: 10,
    async act(world, random) {
      const waiting = waitingAccounts(world);
      if (waiting.length > 0) await world.toss.deposit(random.pick(waiting).paymentKey);
    },
  },
  {
    name: 'a deposit is taken back',
    weight: 0.7,
    async act(world, random) {
      const done = deposits(world);
      if (done.length > 0) await world.toss.loseDeposit(random.pick(done).paymentKey);
    },
  },
  {
    name: 'a refund in the dashboard',
    weight: 1,
    async act(world, random) {
      const sessions = paidSessions(world);
      if (sessions.length === 0) return;
      const session = random.pick(sessions);
      const amount = random.chance(0.3) ? undefined : random.whole(1, session.amount_total ?? 1);
      world.stripe.refundByHand(session.id, amount);
      await Promise.resolve();
    },
  },
  {
    name: 'a cancellation in the console',
    weight: 1,
    async act(world, random) {
      const done = world.toss
        .payments()
        .filter(({ status, balanceAmount }) => status === 'DONE' && balanceAmount > 0);
      if (done.length === 0) return;
      const { paymentKey, balanceAmount } = random.pick(done);
      await world.toss.cancelByHand(
        paymentKey,
        random.chance(0.3) ? {} : { amount: random.whole(1, balanceAmount) },
      );
    },
  },
  {
    // Both believe that this money is theirs to give: the promise of the one leaves no room for the other.
    name: 'what the store is about to give is given by hand',
    weight: 2,
    async act({ db, stripe, toss }, random) {
      const waiting = await rows<{ provider: 'stripe' | 'toss'; provider_id: string }>(
        db,
        `select p.provider, p.provider_id from refunds r join payments p on p.id = r.payment_id
          where r.state in ('requested', 'needs_account') order by r.id`,
      );
      if (waiting.length === 0) return;
      const { provider, provider_id } = random.pick(waiting);
      if (provider === 'stripe') stripe.refundByHand(provider_id);
      else await toss.cancelByHand(provider_id);
    },
  },
  {
    name: 'a refund comes back',
    weight: 0.7,
    async act(world, random) {
      const done = world.stripe.refunds().filter(({ status }) => status === 'succeeded');
      if (done.length > 0) await world.stripe.failRefund(random.pick(done).id);
    },
  },
  {
    name: 'a dispute is opened',
    weight: 1,
    async act(world, random) {
      const sessions = paidSessions(world);
      if (sessions.length > 0) await world.stripe.openDispute(random.pick(sessions).id);
    },
  },
  {
    name: 'a dispute is closed',
    weight: 1.5,
    async act(world, random) {
      const open = world.stripe.disputes().filter(({ status }) => status === 'needs_response');
      if (open.length > 0)
        await world.stripe.closeDispute(random.pick(open).id, random.pick(['won', 'lost']));
    },
  },
];

/** Lets one of them happen. What the provider itself refuses (all of it went back already) has not happened. */
export async function strikeByHand(world: World, random: Random): Promise<void> {
  const deed = random.weighted(DEEDS);
  world.book.did(`elsewhere: ${deed.name}`);
  await deed.act(world, random).catch(() => undefined);
}
