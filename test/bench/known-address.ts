import { atHome, makeCustomer } from '../support/customer.js';
import { withDemo } from '../support/standalone.js';
import type { Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

/**
 * `npm run bench:known-address`: whether the time of an answer tells that an address has an account. Each form is sent with
 * a known address and with two unknown ones, in turns; the two unknown ones against one another say how much is noise. The
 * cheapest passwords, so that nothing hides behind them. No jobs: letters are written after the answer, by whoever is free.
 */
const ROUNDS = 500;
const WARM_UP = 40;

type Send = (email: string) => Promise<number>;

/** Status of the form's answer to an address; every one of them the same for all addresses. */
async function forms(shop: Shop): Promise<Record<string, Send>> {
  const home = await atHome(shop);
  const guest = createVisitor(shop.origin);
  const status = async (answered: Promise<{ status: number }>) => (await answered).status;
  const registration = {
    name: 'Sam',
    age: 'yes',
    terms: 'yes',
    privacy: 'yes',
    password: 'uphill both ways',
  };
  return {
    'sign in': email => status(guest.post('/en/sign-in', { email, password: 'not this one' })),
    register: email => status(createVisitor(shop.origin).post('/en/register', { ...registration, email })),
    'forgot password': email => status(guest.post('/en/forgot-password', { email })),
    'change of address': email => status(home.visitor.post('/en/account/email', { email })),
  };
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

let named = 0;
const unknown = () => `nobody${(named += 1)}@example.com`;

await withDemo(
  async shop => {
    console.log(`medians of ${ROUNDS} answers, ms`);
    console.log('form                    known    unknown    ratio    two unknown ones');
    for (const [name, send] of Object.entries(await forms(shop))) {
      const times: [known: number[], unknown: number[], control: number[]] = [[], [], []];
      const statuses = new Set<number>();
      for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
        const { email } = await makeCustomer(shop, { email: `known${(named += 1)}@example.com` });
        const addresses = [email, unknown(), unknown()];
        for (let turn = 0; turn < addresses.length; turn += 1) {
          const which = (round + turn) % addresses.length;
          for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
          const started = performance.now();
          statuses.add(await send(addresses[which]!));
          if (round >= WARM_UP) times[which]!.push(performance.now() - started);
        }
      }
      if (statuses.size !== 1) throw new Error(`${name}: ${[...statuses].join(', ')}`);
      const [known, one, other] = times.map(median) as [number, number, number];
      const figures = [known.toFixed(2).padStart(10), one.toFixed(2).padStart(10)].join(' ');
      console.log(
        `${name.padEnd(18)} ${figures} ${(known / one).toFixed(3).padStart(8)} ${(other / one).toFixed(3).padStart(12)}`,
      );
    }
  },
  { jobs: false },
);
