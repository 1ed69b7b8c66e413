import type { Shop } from './shop.js';

/** Letters that have arrived at an address, newest first, once all jobs have run. */
export async function lettersTo(shop: Shop, email: string) {
  await shop.settled();
  return shop.mail.letters().filter(({ to }) => JSON.stringify(to).includes(email));
}

/** The path that the newest letter with such a link leads to, as `/en/verify-email/…`. */
export async function linkTo(shop: Shop, email: string, part: string): Promise<string> {
  for (const { text } of await lettersTo(shop, email)) {
    const path = new RegExp(`https?://[^/\\s]+(/\\w\\w/${part}/[\\w-]+)`).exec(text)?.[1];
    if (path !== undefined) return path;
  }
  throw new Error(`no letter with ${part} to ${email}`);
}
