import sharp from 'sharp';
import { openUserToken, setAvatar, type TokenPurpose } from '../../src/accounts/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { keepPrivatePicture } from '../../src/media/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { fillAddresses } from './addresses.js';
import { setUpFactor } from './authenticator.js';
import { atHome, makeCustomer, signIn } from './customer.js';
import { prepareProviders } from './provider-pages.js';
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
  const owner = await ownerOfOrders(shop, locale);
  const book = await fillAddresses(shop, locale, visitor);
  const social = await prepareProviders(shop, locale, at, visitor);
  return [
    ...social,
    at('addresses-none', '/account/addresses', newcomer),
    at('addresses', '/account/addresses', visitor),
    at('address-new', '/account/addresses/new', visitor),
    at('address-errors', '/account/addresses/new', visitor, {
      act: page => page.locator('main form button:visible').last().click(),
    }),
    at('address-edit', `/account/addresses/${book}`, visitor),
    at('address-removal', `/account/addresses/${book}/removal`, visitor),
    at('checkout-member', '/checkout', visitor),
    at('checkout-member-another', '/checkout', visitor, {
      act: async page => {
        await page.check('#address-new');
        await page.locator('[name=address1]').waitFor();
      },
    }),
    at('cart-member', '/cart', visitor),
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
    at('staff-invitation', await link('/staff-invitation', 'invite', { role: 'staff' })),
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
    at('account', '/account', owner.visitor),
    at('account-orders', '/account/orders', owner.visitor),
    at('account-no-orders', '/account/orders', visitor),
    at('account-profile', '/account/profile', owner.visitor),
    at('account-profile-errors', '/account/profile', owner.visitor, {
      act: async page => {
        await page.fill('#phone', '12');
        await send(page);
      },
    }),
    at('account-notifications', '/account/notifications', owner.visitor),
    at('account-export', '/account/export', visitor),
    at('account-export-ready', '/account/export', owner.visitor),
    at('account-erasure', '/account/erasure', visitor),
    at('account-erasure-not-yet', '/account/erasure', owner.visitor),
    at('account-erasure-errors', '/account/erasure', visitor, { act: send }),
    at('account-erased', '/account-erased'),
    at('account-password', '/account/password', visitor),
    at('account-password-errors', '/account/password', visitor, { act: send }),
  ];
}

const signInAnew = (shop: Shop, locale: Locale, name: string) =>
  atHome(shop, { email: `${name}.${locale}@example.com`, locale });

/** Somebody who has bought a few things, with a picture and an address. */
async function ownerOfOrders(shop: Shop, locale: Locale): Promise<{ visitor: Visitor }> {
  const owner = await signInAnew(shop, locale, 'owner');
  const numbers = await shop.db('orders').where({ locale }).orderBy('id').limit(12).pluck<number[]>('id');
  await shop.db('orders').whereIn('id', numbers).update({ user_id: owner.userId });
  await shop.db('addresses').insert({
    user_id: owner.userId,
    name: '김민지',
    phone: '+821012345678',
    country: 'KR',
    postal_code: '04001',
    address1: '서울특별시 마포구 월드컵북로 1',
    address2: '101동 202호',
    is_default: true,
    created_at: shop.now(),
    updated_at: shop.now(),
  });
  const body = await sharp({ create: { width: 288, height: 288, channels: 3, background: '#8a8f98' } })
    .webp()
    .toBuffer();
  const picture = { body, width: 288, height: 288 };
  await inTransaction(shop.db, async tx => {
    const imageId = await keepPrivatePicture(tx, { picture, now: shop.now() });
    await setAvatar(tx, { userId: owner.userId, imageId, now: shop.now() });
  });
  await owner.visitor.post(`/${locale}/account/export`, {});
  await owner.visitor.get(`/${locale}/account`);
  await shop.settled();
  return owner;
}
