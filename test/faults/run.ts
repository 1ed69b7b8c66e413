import { audit } from '../../src/audit/index.js';
import { count } from './book.js';
import { keepBuying, type Street } from './buyer.js';
import { readFacts } from './facts.js';
import { checkModel, checkNames } from './model.js';
import { readProviderBooks } from './provider-books.js';
import { createRandom } from './random.js';
import { keepRushing } from './rush.js';
import { settle } from './settle.js';
import { createStaff, keepWorking, type DeskTalk } from './staff.js';
import { plague } from './troubles.js';
import { watch } from './watch.js';
import { createWorld, type World } from './world.js';

/** Two at the desk: enough to be in each other's way. */
const STAFF = 2;

export interface Report {
  seed: number;
  violations: { check: string; text: string }[];
  orders: ReadonlyMap<string, number>;
  payments: ReadonlyMap<string, number>;
  /** Kept by the providers in the end, in the smallest unit, by currency; and what went back. */
  kept: ReadonlyMap<string, number>;
  returned: ReadonlyMap<string, number>;
  answers: ReadonlyMap<number, number>;
  deeds: ReadonlyMap<string, number>;
  troubles: ReadonlyMap<string, number>;
  jobFailures: ReadonlyMap<string, number>;
  excusedFailures: ReadonlyMap<string, number>;
  /** Orders that late money brought back. */
  revived: number;
  letters: number;
  /** False when the server's log could not be read, so that nobody knows what it refused. */
  isDatabaseHeard: boolean;
  webhooks: number;
  /** What was checked, with the number of violations. */
  checks: ReadonlyMap<string, number>;
}

/**
 * One run: buyers and troubles for `ms`, then peace, then the checks. The test server and the compiled tree must be
 * there (see test/support/global-setup.ts and `build`).
 */
export async function runFaults({
  seed,
  ms,
  buyers,
}: {
  seed: number;
  ms: number;
  buyers: number;
}): Promise<Report> {
  const world = await createWorld();
  try {
    const random = createRandom(seed);
    const street: Street = { orders: [], tabs: [], returns: [] };
    const { book, variants, bundles, last, web, stripe, toss, isOver } = world;
    const buyerWorld = {
      book,
      street,
      variants,
      bundles,
      last,
      isOver,
      origins: () => web.filter(process => process.isUp()).map(({ origin }) => origin),
      aliases: web.map(({ origin }) => origin),
      providers: { stripe: stripe.origin, toss: toss.origin },
    };
    const { account, scarce } = world;
    const { origins, aliases } = buyerWorld;
    const talk: DeskTalk = { forms: [] };
    const desk = { book, talk, account, scarce, origins, aliases, isOver };
    const timer = setTimeout(world.end, ms);
    try {
      await Promise.all([
        plague(world, random.fork('troubles')),
        watch(world),
        keepRushing(buyerWorld, random.fork('rush')),
        ...Array.from({ length: STAFF }, (_, seat) => keepWorking(desk, random.fork(`staff ${seat}`), seat)),
        ...Array.from({ length: buyers }, (_, seat) =>
          keepBuying(buyerWorld, random.fork(`buyer ${seat}`), seat),
        ),
      ]);
    } finally {
      clearTimeout(timer);
      world.end();
    }
    const sweeper = createStaff({ ...desk, isOver: () => false }, random.fork('desk at last'), STAFF);
    await settle(world, random.fork('settling'), sweeper);
    return await look(world, seed);
  } finally {
    await world.close();
  }
}

/** Runs both sets of checks and counts what there was. */
async function look(
  { db, stripe, toss, mail, book, clock, databaseLog }: World,
  seed: number,
): Promise<Report> {
  book.keepLetters(mail.letters());
  const facts = await readFacts(db);
  const books = readProviderBooks(stripe, toss, book.letters);
  const audited = (await audit(db)).map(({ rule, violation }) => ({
    check: `audit: ${rule}`,
    text: violation,
  }));
  const complaints = await databaseLog.complaints();
  const said = (complaints ?? []).map(text => ({ check: 'the database has nothing to refuse', text }));
  const tally = <Row>(
    list: readonly Row[],
    keyOf: (row: Row) => string,
    by: (row: Row) => number = () => 1,
  ) => {
    const counts = new Map<string, number>();
    for (const row of list) if (by(row) > 0) count(counts, keyOf(row), by(row));
    return counts;
  };
  const violations = [...audited, ...said, ...checkModel({ facts, books, book, clock })];
  const checks = new Map(checkNames().map(name => [name, 0]));
  for (const { check } of violations) count(checks, check);
  return {
    seed,
    violations,
    checks,
    orders: tally(facts.orders, ({ state }) => state),
    payments: tally(facts.payments, ({ provider, state }) => `${provider} ${state}`),
    kept: tally(
      books.captures,
      ({ currency }) => currency,
      ({ amount, returned }) => amount - returned,
    ),
    returned: tally(
      books.captures,
      ({ currency }) => currency,
      ({ returned }) => returned,
    ),
    answers: book.answers,
    deeds: book.deeds,
    troubles: book.troubles,
    jobFailures: book.jobFailures,
    excusedFailures: tally(book.failures().excused, ({ what }) => what.slice(0, 110)),
    revived: facts.moves.filter(({ subject, from_state }) => subject === 'order' && from_state === 'canceled')
      .length,
    letters: book.letters.length,
    isDatabaseHeard: complaints !== null,
    webhooks: facts.gatewayEvents.length,
  };
}
