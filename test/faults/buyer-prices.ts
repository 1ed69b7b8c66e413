import { type Action, type Buyer } from './buyer.js';

/** Codes of the run; the model knows their limits from the tables, and that the free one leaves nothing to pay. */
export const CODES = {
  /** Three uses in all. */
  scarce: 'RUN-SCARCE',
  /** Once a customer. */
  mine: 'RUN-MINE',
  /** Everything free, delivery too, four uses in all. */
  gift: 'RUN-GIFT',
  giftDelivery: 'RUN-GIFT-DELIVERY',
} as const;

/** Codes that are good once, for crowds (see `rush.ts`). */
export const ONCE: readonly string[] = Array.from({ length: 200 }, (_, index) => `RUN-ONCE-${index + 1}`);

const at = ({ locale }: Buyer, path: string): string => `/${locale}${path}`;
export const enter = (buyer: Buyer, code: string) =>
  buyer.browser.post(at(buyer, '/cart/discount'), {
    code: buyer.random.chance(0.3) ? code.toLowerCase() : code,
  });

/** What changes a price: codes and sets. */
export const PRICE_ACTIONS: readonly Action[] = [
  {
    name: 'use a code',
    weight: 3,
    act: async buyer => void (await enter(buyer, buyer.random.pick([CODES.scarce, CODES.mine, 'WELCOME10']))),
  },
  {
    name: 'use a gift',
    weight: 0.7,
    async act(buyer) {
      await enter(buyer, CODES.gift);
      await enter(buyer, CODES.giftDelivery);
    },
  },
  {
    name: 'take a code out',
    weight: 0.5,
    act: async buyer =>
      void (await buyer.browser.post(at(buyer, '/cart/discount/removal'), {
        code: buyer.random.pick(Object.values(CODES)),
      })),
  },
  {
    name: 'add a set',
    weight: 2,
    async act(buyer) {
      const { random, browser, world } = buyer;
      const fields = { bundle: String(random.pick(world.bundles)), quantity: String(random.whole(1, 2)) };
      await browser.post(at(buyer, '/cart/bundles'), fields);
    },
  },
];
