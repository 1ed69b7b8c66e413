import { openUserToken, type TokenPurpose } from '../../src/accounts/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { setUpFactor } from './authenticator.js';
import { atHome, makeCustomer, signIn } from './customer.js';
import type { Shop } from './shop.js';
import type { ShownPage } from './shown-pages.js';
import { createVisitor, type Visitor } from './visitor.js';

type At = (name: string, address: string, visitor?: Visitor, more?: Partial<ShownPage>) => ShownPage;

const DESKTOP =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/** Pages about signing in and staying in charge of an account, with accounts made for them. */
export async function prepareAccount(shop: Shop, locale: Locale, at: At): Promise<ShownPage[]> {
  const { userId, email } = await makeCustomer(shop, { email: `at.home.${locale}@example.com`, locale });
  const phone = await signIn(shop, email, { locale, userAgent: PHONE });
  await shop.db('sign_ins').where({ user_id: userId }).update({ country: 'KR' });
  const visitor = await signIn(shop, email, { locale, userAgent: DESKTOP });
  await phone.get(`/${locale}/account`);
  // Somebody who signed in long ago is asked again who they are.
  const unsure = await signIn(shop, email, { locale });
  await shop
    .db('sign_ins')
    .where({ user_id: userId, user_agent: 'node' })
    .update({ confirmed_at: new Date(0) });
  // One who is setting a second factor up, and one who has it: their codes are shown, and their next sign-in owes a code.
  const begun = await signInAnew(shop, locale, 'begins');
  await begun.visitor.post(`/${locale}/account/second-factor/setup`, {});
  const safe = await signInAnew(shop, locale, 'safe');
  await setUpFactor(shop, safe.visitor, locale);
  const halfway = await signIn(shop, safe.email, { locale });
  const send: ShownPage['act'] = page => page.locator('main form.panel button').click();
  const unverified = await makeCustomer(shop, {
    email: `new.here.${locale}@example.com`,
    locale,
    verified: false,
  });
  const newcomer = await signIn(shop, unverified.email, { locale });
  const link = async (path: string, purpose: TokenPurpose, data: Record<string, unknown>) =>
    `${path}/${await openUserToken(shop.db, { userId: unverified.userId, purpose, data, now: shop.now() })}`;
  const other = { email: `another.${locale}@example.com` };
  const sendRecovery: ShownPage['act'] = async page => {
    await page.locator('main summary').click();
    await page.fill('[name=recovery]', 'abcd-efgh');
    await page.press('[name=recovery]', 'Enter');
    await page.waitForLoadState();
  };
  return [
    at('register', '/register'),
    at('register-errors', '/register', createVisitor(shop.origin), { act: send }),
    at('register-sent', '/register/sent'),
    at('verify-email', await link('/verify-email', 'verify-email', { email: unverified.email })),
    at('verify-email-signed-in', await link('/verify-email', 'verify-email', unverified), newcomer),
    at('link-gone', '/verify-email/gone', undefined, { status: 404 }),
    at('account-unverified', '/account', newcomer),
    at('forgot-password', '/forgot-password'),
    at('forgot-password-errors', '/forgot-password', createVisitor(shop.origin), { act: send }),
    at('forgot-password-sent', '/forgot-password/sent'),
    at('reset-password', await link('/reset-password', 'reset-password', { email: unverified.email })),
    at('account-email', '/account/email', visitor),
    at('account-email-errors', '/account/email', visitor, { act: send }),
    at('email-change', await link('/email-change', 'change-email', other)),
    at('email-change-errors', await link('/email-change', 'change-email', other), undefined, {
      act: page => page.locator('main form.panel button').click(),
    }),
    at('email-change-signed-in', await link('/email-change', 'change-email', other), newcomer),
    at('email-taken', await link('/email-change', 'change-email', { email }), newcomer, {
      act: page => page.locator('main form .button').click(),
    }),
    at('email-lost', await link('/keep-email', 'keep-email', { email }), undefined, {
      act: page => page.locator('main form .button').click(),
    }),
    at('keep-email', await link('/keep-email', 'keep-email', other)),
    at('sign-in', '/sign-in'),
    at('sign-in-errors', '/sign-in', createVisitor(shop.origin), { act: send }),
    at('confirmation', '/sign-in/confirmation', unsure),
    at('confirmation-errors', '/sign-in/confirmation', unsure, { act: send }),
    at('code', '/sign-in/code', halfway),
    at('code-errors', '/sign-in/code', halfway, { act: sendRecovery }),
    at('second-factor-off', '/account/second-factor', visitor),
    at('second-factor-setup', '/account/second-factor/setup', begun.visitor),
    at('second-factor-setup-errors', '/account/second-factor/setup', begun.visitor, {
      act: page => page.locator('main form .button').click(),
    }),
    at('second-factor-on', '/account/second-factor', safe.visitor),
    at('recovery-codes', '/account/second-factor/recovery-codes', safe.visitor),
    at('account-security', '/account/security', visitor),
    at('account-password', '/account/password', visitor),
    at('account-password-errors', '/account/password', visitor, { act: send }),
  ];
}

const signInAnew = (shop: Shop, locale: Locale, name: string) =>
  atHome(shop, { email: `${name}.${locale}@example.com`, locale });
