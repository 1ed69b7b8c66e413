import { setTimeout as pause } from 'node:timers/promises';
import { comeBack, fillForm, learn } from './buyer-actions.js';
import { createBuyer, variantsFor, type Buyer, type BuyerWorld } from './buyer.js';
import { CODES, enter, ONCE } from './buyer-prices.js';
import { pay } from './provider-pages.js';
import type { Random } from './random.js';

const CROWD = 4;
const PAUSE_MS: readonly [number, number] = [100, 600];

interface Crowd {
  deed: string;
  variant: (buyer: Buyer) => number;
  code: string | null;
  isOnePerson: boolean;
}

/** What a crowd comes for. There is a last piece of so many things only; then codes are all that is left to fight about. */
function crowdOf(world: BuyerWorld, turn: number): Crowd {
  const usual = (buyer: Buyer) => buyer.random.pick(variantsFor(buyer));
  const round = Math.floor(turn / 3);
  const last = world.last[round];
  if (turn % 3 === 0 && last !== undefined)
    return {
      deed: 'rush: four strangers, one last piece',
      variant: () => last,
      code: null,
      isOnePerson: false,
    };
  if (turn % 3 === 1)
    return { deed: 'rush: one person, four browsers', variant: usual, code: CODES.mine, isOnePerson: true };
  const code = ONCE[turn % ONCE.length]!;
  return { deed: 'rush: four friends, one code', variant: usual, code, isOnePerson: false };
}

/**
 * Buyers who by chance press Pay a second apart never meet the guards of discounts and stock: whoever comes second is shown
 * the price without the code, or the shelf empty. A crowd does: everybody has seen the same, and everybody presses at the
 * same moment.
 */
export async function keepRushing(world: BuyerWorld, random: Random): Promise<void> {
  for (let turn = 0; !world.isOver(); turn += 1) {
    const { deed, variant, code, isOnePerson } = crowdOf(world, turn);
    const buyers = Array.from({ length: CROWD }, (_, seat) =>
      createBuyer(world, random.fork(`${turn}/${seat}`), {
        locale: 'ko',
        country: 'KR',
        email: isOnePerson ? `crowd${turn}@example.com` : `crowd${turn}.${seat}@example.com`,
        address: `10.251.${turn % 250}.${seat}`,
      }),
    );
    world.book.did(deed);
    await rush(buyers, String(variant(buyers[0]!)), code);
    await pause(random.whole(...PAUSE_MS));
  }
}

/** All fill their carts and forms, then all press at once; most pay. */
async function rush(buyers: readonly Buyer[], variant: string, code: string | null): Promise<void> {
  const forms = await Promise.all(
    buyers.map(async buyer => {
      await buyer.browser.post(`/${buyer.locale}/cart/lines`, { variant, quantity: '1' });
      if (code !== null) await enter(buyer, code);
      return await fillForm(buyer);
    }),
  );
  await Promise.all(
    buyers.map(async (buyer, seat) => {
      const form = forms[seat];
      if (!form) return;
      learn(buyer, await buyer.browser.post(`/${buyer.locale}/checkout`, form));
      const page = buyer.pages.at(-1);
      if (page && buyer.random.chance(0.7)) await comeBack(buyer, await pay(page));
    }),
  );
}
