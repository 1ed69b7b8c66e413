import { setTimeout as pause } from 'node:timers/promises';
import { comeBack, fillForm, learn } from './buyer-actions.js';
import { createBuyer, variantsFor, type Buyer, type BuyerWorld } from './buyer.js';
import { CODES, enter, ONCE } from './buyer-prices.js';
import { pay } from './provider-pages.js';
import type { Random } from './random.js';

const CROWD = 4;
const PAUSE_MS: readonly [number, number] = [100, 600];

/**
 * Buyers who by chance press Pay a second apart never meet the guards of discounts: whoever comes second is shown the
 * price without. A crowd does: everybody has seen the same price, and everybody presses at the same moment. Either friends
 * who share a code that is good once, or one person in several browsers with a code that each customer has once.
 */
export async function keepRushing(world: BuyerWorld, random: Random): Promise<void> {
  for (let crowd = 1; !world.isOver(); crowd += 1) {
    const isOnePerson = crowd % 2 === 0;
    const code = isOnePerson ? CODES.mine : ONCE[crowd % ONCE.length]!;
    const buyers = Array.from({ length: CROWD }, (_, seat) =>
      createBuyer(world, random.fork(`${crowd}/${seat}`), {
        locale: 'ko',
        country: 'KR',
        email: isOnePerson ? `crowd${crowd}@example.com` : `crowd${crowd}.${seat}@example.com`,
        address: `10.251.${crowd % 250}.${seat}`,
      }),
    );
    world.book.did(isOnePerson ? 'rush: one person, four browsers' : 'rush: four friends, one code');
    await rush(buyers, String(random.pick(variantsFor(buyers[0]!))), code);
    await pause(random.whole(...PAUSE_MS));
  }
}

/** All fill their carts and forms, then all press at once; most pay. */
async function rush(buyers: readonly Buyer[], variant: string, code: string): Promise<void> {
  const forms = await Promise.all(
    buyers.map(async buyer => {
      await buyer.browser.post(`/${buyer.locale}/cart/lines`, { variant, quantity: '1' });
      await enter(buyer, code);
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
