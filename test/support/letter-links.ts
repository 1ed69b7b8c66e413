import type { Shop } from './shop.js';
import { createVisitor, type Visitor } from './visitor.js';

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

/** What tests about links from letters ask of the shop that stands when they run. */
export const mailboxes = (shop: () => Shop) => ({
  lettersTo: (email: string) => lettersTo(shop(), email),
  linkTo: (email: string, part: string) => linkTo(shop(), email, part),
  /** Says at the form that the password is not known. */
  ask: (email: string) => createVisitor(shop().origin).post('/en/forgot-password', { email }),
  passwordWorks: async (email: string, password: string) =>
    (await createVisitor(shop().origin).post('/en/sign-in', { email, password })).status === 303,
});

export const isIn = async (visitor: Visitor) => (await visitor.get('/en/account')).status === 200;
