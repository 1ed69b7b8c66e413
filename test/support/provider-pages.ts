import { openUserToken } from '../../src/accounts/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { atHome, makeCustomer } from './customer.js';
import type { Shop } from './shop.js';
import type { ShownPage } from './shown-pages.js';
import { leave, signInBy, somebody, type Provider } from './sign-in-by.js';
import { createVisitor, type Visitor } from './visitor.js';

type At = (name: string, address: string, visitor?: Visitor, more?: Partial<ShownPage>) => ShownPage;

/** Pages about coming in by Google and Kakao; `owner` has a password and gets an account at each. */
export async function prepareProviders(
  shop: Shop,
  locale: Locale,
  at: At,
  owner: Visitor,
): Promise<ShownPage[]> {
  const send: ShownPage['act'] = page => page.locator('main form.panel button').click();
  const arrived = async (provider: Provider, told: Parameters<typeof somebody>[0]) =>
    (await signInBy(shop, provider, somebody(told), { query: `lang=${locale}` })).visitor;
  const query = `purpose=link&lang=${locale}`;
  await signInBy(shop, 'google', somebody({ email: `me.${locale}@gmail.com` }), { visitor: owner, query });
  await signInBy(shop, 'kakao', somebody({ email: null }), { visitor: owner, query });
  // One without a password, whose only way in cannot be removed.
  const single = await atHome(shop, { email: `single.${locale}@example.com`, locale });
  await signInBy(shop, 'kakao', somebody(), { visitor: single.visitor, query });
  await shop.db('users').where({ id: single.userId }).update({ password_hash: null });
  // One who comes by an account that nobody knows, while at home.
  const adding = await atHome(shop, { email: `adding.${locale}@example.com`, locale });
  await signInBy(shop, 'kakao', somebody(), { visitor: adding.visitor, query: `lang=${locale}` });
  // One whose letter was opened in another browser.
  const { userId, email } = await makeCustomer(shop, { email: `letter.${locale}@example.com`, locale });
  const token = async () =>
    await openUserToken(shop.db, {
      userId,
      purpose: 'link-identity',
      data: { email, provider: 'kakao', subject: '1' },
      now: shop.now(),
    });
  const elsewhere = createVisitor(shop.origin);
  await elsewhere.post(`/${locale}/link-identity/${await token()}`, {});
  const leaving = createVisitor(shop.origin);
  const pages = [await leave(leaving, 'google'), await leave(leaving, 'kakao')];
  return [
    at('register-complete', '/register/complete', await arrived('google', {})),
    at('register-complete-errors', '/register/complete', await arrived('kakao', { email: null }), {
      act: send,
    }),
    at('register-complete-sent', '/register/complete/sent'),
    at('link-identity', `/link-identity/${await token()}`),
    at('link-identity-elsewhere', '/link-identity', elsewhere),
    at('account-identities', '/account/identities', owner),
    at('account-identities-single', '/account/identities', single.visitor),
    at('account-identity-new', '/account/identities/new', adding.visitor),
    at('google', pages[0]!, leaving, { foreign: true }),
    at('kakao', pages[1]!, leaving, { foreign: true }),
  ];
}
