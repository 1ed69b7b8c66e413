import { createBrowser, type Browser, type Shown } from './browser.js';
import type { Book } from './book.js';
import type { Random } from './random.js';
import { STAFF_ACTIONS } from './staff-actions.js';

/** What all at the desk share: two of them may open the same form and both send it. */
export interface DeskTalk {
  /** Forms somebody filled in, to be sent by whoever picks them up. */
  forms: { action: string; fields: Record<string, string> }[];
}

export interface StaffWorld {
  book: Book;
  talk: DeskTalk;
  account: { email: string; password: string };
  /** Variants of which there are only a few. */
  scarce: readonly number[];
  origins: () => readonly string[];
  aliases: readonly string[];
  isOver: () => boolean;
}

/** One person at the desk. */
export interface Staff {
  random: Random;
  world: StaffWorld;
  get(path: string): Promise<Shown>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Shown>;
}

const PAUSE_MS: readonly [number, number] = [20, 250];

/** Signs in, and again whenever the desk asks for it: time jumps, and sessions end by the clock. */
export function createStaff(world: StaffWorld, random: Random, seat: number): Staff {
  const { book, origins, aliases, account } = world;
  const browser: Browser = createBrowser({ origins, aliases, address: `10.250.0.${seat}`, random, book });
  const signedIn = async (look: () => Promise<Shown>): Promise<Shown> => {
    const shown = await look();
    if (!shown.location?.startsWith('/en/sign-in')) return shown;
    await browser.post('/en/sign-in', account);
    return await look();
  };
  return {
    random,
    world,
    get: path => signedIn(() => browser.get(path)),
    // A form that meets the sign-in page is sent once more after it, as a person does.
    post: (path, fields) => signedIn(() => browser.post(path, fields)),
  };
}

/** Works at the desk until the world is over. */
export async function keepWorking(world: StaffWorld, random: Random, seat: number): Promise<void> {
  const { book, isOver } = world;
  const staff = createStaff(world, random, seat);
  while (!isOver()) {
    const action = random.weighted(STAFF_ACTIONS);
    book.did(`staff: ${action.name}`);
    await action.act(staff);
    await new Promise(resolve => setTimeout(resolve, random.whole(...PAUSE_MS)));
  }
}
