import type { Person } from '../../src/simulators/index.js';
import type { Shop } from './shop.js';
import { createVisitor, type Answered, type Visitor } from './visitor.js';

export type Provider = 'google' | 'kakao';

let made = 0;
/** Somebody with an account at a provider, of their own unless said otherwise. */
export function somebody(told: Partial<Person> = {}): Person {
  made += 1;
  return {
    subject: String(770_000_000_000 + made),
    name: 'Aziza Karimova',
    email: `aziza${made}@gmail.com`,
    verified: true,
    ...told,
  };
}

/** Leaves for a provider: the address of its page. */
export async function leave(visitor: Visitor, provider: Provider, query = 'lang=en'): Promise<string> {
  const { status, location } = await visitor.get(`/auth/${provider}?${query}`, {
    'sec-fetch-site': 'same-origin',
  });
  if (status !== 302 || !location) throw new Error(`did not leave: ${status}`);
  return location;
}

/** Goes to a provider, is `person` there and comes back: the store's answer. */
export async function signInBy(
  shop: Shop,
  provider: Provider,
  person: Person,
  { visitor = createVisitor(shop.origin), query = 'lang=en' }: { visitor?: Visitor; query?: string } = {},
): Promise<{ visitor: Visitor; answered: Answered }> {
  const page = await leave(visitor, provider, query);
  return { visitor, answered: await visitor.get(shop[provider].choose(page, person)) };
}

export const AGREED = { age: 'yes', terms: 'yes', privacy: 'yes' };

/** Whether a browser is signed in. */
export const isIn = async (visitor: Visitor): Promise<boolean> =>
  (await visitor.get('/en/account')).status === 200;
