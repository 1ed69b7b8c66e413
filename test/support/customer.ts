import { hashPassword } from '../../src/accounts/index.js';
import type { Locale } from '../../src/lib/locale.js';
import type { Shop } from './shop.js';
import { createVisitor, type Visitor } from './visitor.js';

export const PASSWORD = 'seventeen 초록 treadmills';
const hashed = hashPassword(PASSWORD, 4);

export interface CustomerOptions {
  email?: string;
  name?: string;
  verified?: boolean;
  locale?: Locale;
}

let made = 0;
/** A customer's account with the password `PASSWORD`; nobody is signed in yet. */
export async function makeCustomer(
  shop: Shop,
  {
    email = `customer${(made += 1)}@example.com`,
    name = 'Sam Lee',
    verified = true,
    locale = 'en',
  }: CustomerOptions = {},
): Promise<{ userId: number; email: string }> {
  const [user] = await shop
    .db('users')
    .insert({
      email,
      name,
      role: 'customer',
      locale,
      password_hash: await hashed,
      email_verified_at: verified ? shop.now() : null,
      created_at: shop.now(),
    })
    .returning<{ id: number }[]>('id');
  return { userId: user!.id, email };
}

/** Signs in through the form, in a browser of its own unless one is given. */
export async function signIn(
  shop: Shop,
  email: string,
  {
    visitor = createVisitor(shop.origin),
    locale = 'en',
    remember = false,
    userAgent,
  }: { visitor?: Visitor; locale?: Locale; remember?: boolean; userAgent?: string } = {},
): Promise<Visitor> {
  const fields = { email, password: PASSWORD, ...(remember ? { remember: 'yes' } : {}) };
  const { status } = await visitor.post(
    `/${locale}/sign-in`,
    fields,
    userAgent ? { 'user-agent': userAgent } : {},
  );
  if (status !== 303) throw new Error(`not signed in: ${status}`);
  return visitor;
}

/** A customer of their own, signed in. */
export async function atHome(
  shop: Shop,
  options: CustomerOptions & { remember?: boolean; userAgent?: string } = {},
): Promise<{ visitor: Visitor; userId: number; email: string }> {
  const { userId, email } = await makeCustomer(shop, options);
  const visitor = await signIn(shop, email, options);
  return { visitor, userId, email };
}
