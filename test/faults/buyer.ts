import { LOCALE_CURRENCY, type Locale } from '../../src/lib/locale.js';
import type { Country } from '../support/purchase.js';
import type { Book } from './book.js';
import { createBrowser, type Browser } from './browser.js';
import { ACTIONS } from './buyer-actions.js';
import { AFTERCARE_ACTIONS } from './buyer-aftercare.js';
import { PRICE_ACTIONS } from './buyer-prices.js';
import type { PayPage } from './provider-pages.js';
import type { Random } from './random.js';

/** What every buyer knows of the others, by hearsay: numbers read over a shoulder, forwarded addresses. */
export interface Street {
  orders: { number: string; email: string }[];
  /** Payment pages somebody left open. */
  tabs: PayPage[];
  /** Addresses providers sent browsers back to. */
  returns: { path: string; email: string }[];
}

export interface BuyerWorld {
  book: Book;
  street: Street;
  /** What can be bought, by currency; sets by id. */
  variants: Readonly<Record<string, readonly number[]>>;
  bundles: readonly number[];
  /** Variants of which there is one piece, and that only crowds want. */
  last: readonly number[];
  origins: () => readonly string[];
  aliases: readonly string[];
  providers: Readonly<Record<'stripe' | 'toss', string>>;
  isOver: () => boolean;
}

/** One visit of somebody new, with a browser of their own. */
export interface Buyer {
  random: Random;
  browser: Browser;
  world: BuyerWorld;
  locale: Locale;
  country: Country;
  email: string;
  /** Payment pages opened in tabs, oldest first. */
  pages: PayPage[];
  /** Where providers sent the browser. */
  returns: string[];
  /** Own orders as the pages showed them: the permanent link and the number. */
  orders: { number: string; link: string }[];
  /** The last checkout form sent. */
  form: Record<string, string> | null;
}

export type Action = {
  name: string;
  weight: number;
  can?: (buyer: Buyer) => boolean;
  act: (buyer: Buyer) => Promise<void>;
};

const HOMES: readonly { weight: number; locale: Locale; country: Country }[] = [
  { weight: 6, locale: 'ko', country: 'KR' },
  { weight: 3, locale: 'en', country: 'US' },
  { weight: 2, locale: 'uz', country: 'UZ' },
  { weight: 1, locale: 'en', country: 'KR' },
];

const ALL_ACTIONS: readonly Action[] = [...ACTIONS, ...PRICE_ACTIONS, ...AFTERCARE_ACTIONS];

/** Somebody who has just come: an empty browser at an address of their own. */
export function createBuyer(
  world: BuyerWorld,
  random: Random,
  who: Pick<Buyer, 'locale' | 'country' | 'email'> & { address: string },
): Buyer {
  const { book, origins, aliases } = world;
  const { address, locale, country, email } = who;
  const browser = createBrowser({ origins, aliases, address, random, book });
  return { random, browser, world, locale, country, email, pages: [], returns: [], orders: [], form: null };
}

/** Comes, does some of everything in no particular order, and goes; then the next one comes. */
export async function keepBuying(world: BuyerWorld, random: Random, seat: number): Promise<void> {
  for (let visit = 1; !world.isOver(); visit += 1) {
    const { locale, country } = random.weighted(HOMES);
    const address = `10.${seat % 250}.${Math.floor(visit / 250) % 250}.${visit % 250}`;
    // Some come again: what a customer may have once is counted by the address.
    const email = random.chance(0.25)
      ? `regular${seat}@example.com`
      : `seat${seat}.visit${visit}@example.com`;
    const buyer = createBuyer(world, random, { locale, country, email, address });
    for (let steps = random.whole(4, 18); steps > 0 && !world.isOver(); steps -= 1) {
      const action = random.weighted(ALL_ACTIONS.filter(({ can }) => !can || can(buyer)));
      world.book.did(action.name);
      await action.act(buyer);
      await new Promise(resolve => setTimeout(resolve, random.whole(0, 120)));
    }
    // What stays open may still be paid, by whoever finds the tab.
    world.street.tabs.push(...buyer.pages.slice(-1));
  }
}

export const variantsFor = ({ world, locale }: Buyer): readonly number[] =>
  world.variants[LOCALE_CURRENCY[locale]] ?? [];
