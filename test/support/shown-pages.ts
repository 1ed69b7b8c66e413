import type { Page } from 'playwright-core';
import { LOCALE_CURRENCY, type Locale } from '../../src/lib/locale.js';
import { buy, send } from '../orders/make.js';
import { prepareDesk } from './desk-pages.js';
import { depositOrders } from './deposit-pages.js';
import { prepareAccount } from './account-pages.js';
import { findGoods } from './goods.js';
import { fillCart, payOrder, placeOrder, type Country } from './purchase.js';
import { returnedOrder } from './returned.js';
import type { Shop } from './shop.js';
import { createVisitor, type Visitor } from './visitor.js';

/** One page as somebody sees it: where it is, as whom, and what they do there first. */
export interface ShownPage {
  name: string;
  url: string;
  cookies: [name: string, value: string][];
  act?: (page: Page) => Promise<unknown>;
  /** Another company's page, as its simulator shows it. */
  foreign?: boolean;
  /** What it is answered with; 200 unless told. */
  status?: number;
}

const HOME_COUNTRY: Record<Locale, Country> = { en: 'US', ko: 'KR', uz: 'UZ' };
const PROVIDER = { en: 'stripe', ko: 'toss', uz: 'stripe' } as const;

/** Every page of the store in one language, with carts filled and orders placed for it. The page "500" is the last. */
export async function preparePages(shop: Shop, locale: Locale): Promise<ShownPage[]> {
  const currency = LOCALE_CURRENCY[locale];
  const provider = PROVIDER[locale];
  const country = HOME_COUNTRY[locale];
  const nobody = createVisitor(shop.origin);
  const at = (
    name: string,
    address: string,
    visitor: Visitor = nobody,
    more: Partial<ShownPage> = {},
  ): ShownPage => ({
    name,
    url: new URL(address.startsWith('http') ? address : `/${locale}${address}`, shop.origin).href,
    cookies: [...visitor.cookies],
    ...more,
  });

  const goods = await findGoods(shop.db, { locale, currency });
  const soldOut = await findGoods(shop.db, { locale, currency, soldOut: true });
  const category = await shop
    .db('category_translations')
    .where({ locale })
    .orderBy('category_id')
    .first<{ slug: string }>('slug');

  const saver = createVisitor(shop.origin);
  await fillCart(shop, saver, locale);
  // One that applies and one that does not: the cart says why.
  for (const code of ['WELCOME10', 'RECOVER15']) await saver.post(`/${locale}/cart/discount`, { code });
  await saver.get(`/${locale}/cart`);
  const set = await shop
    .db('bundle_translations')
    .where({ locale })
    .orderBy('bundle_id')
    .first<{ bundle_id: number; slug: string }>('bundle_id', 'slug');

  const buyer = createVisitor(shop.origin);
  for (const skip of [0, 1, 2]) await fillCart(shop, buyer, locale, skip);
  const islander = createVisitor(shop.origin);
  await fillCart(shop, islander, locale, 9);
  await islander.post(`/${locale}/country`, { country: 'KR', postal_code: '63100', return_to: '/' });
  await buyer.post(`/${locale}/cart/bundles`, { bundle: String(set.bundle_id), quantity: '1' });
  await buyer.get(`/${locale}/cart`);
  const payTo = async (to: Country): Promise<ShownPage> => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, locale);
    await visitor.post(`/${locale}/country`, { country: to, return_to: `/${locale}/cart` });
    return at(`checkout-${to}`, '/checkout', visitor);
  };

  const paid = await placeOrder(shop, { locale, country, provider, skip: 1 });
  await payOrder(shop, paid, provider);
  const canceled = await placeOrder(shop, { locale, country, provider, skip: 2 });
  await canceled.visitor.post(`/${locale}/orders/${canceled.number}/cancellation`, {});
  await canceled.visitor.get(`/${locale}/orders/${canceled.number}`);
  const ended = await placeOrder(shop, { locale, country, provider, skip: 4 });
  await payOrder(shop, ended, provider);
  await ended.visitor.post(`/${locale}/orders/${ended.number}/cancellation`, { confirm: 'refund' });
  await ended.visitor.get(`/${locale}/orders/${ended.number}`);
  const { path: returned } = await returnedOrder(shop, { locale, country, provider });
  const late = await placeOrder(shop, { locale, country, provider, skip: 3 });
  const underWay = await sendInPart(shop, locale);
  const deposits = await depositOrders(shop, locale);
  const pending = await placeOrder(shop, { locale, country, provider });
  await shop.settled();

  const [confirm, stop] = await askForLetter(shop, locale, soldOut);

  const letters = shop.mail
    .letters()
    .filter(letter =>
      [paid.number, underWay.number, deposits.waiting.number, deposits.unnamed.number, confirm].some(part =>
        letter.text.includes(part),
      ),
    );
  const limited = createVisitor(shop.origin);
  const findForm = `/${locale}/orders/find`;
  const findAway = { email: 'nobody@example.com', number: 'K7MT-Q4RD' };
  let tries = 0;
  while ((await limited.post(findForm, findAway)).status === 422 && tries < 20) tries += 1;

  const sendEmpty = (page: Page) => page.locator('form[action$="/checkout"] button:visible').last().click();
  const sendEmptyRequest = (page: Page) =>
    page.locator('form[action$="/stock-requests"] button:visible').click();
  return [
    at('home', '/'),
    at('list', '/products'),
    at('list-page-2', '/products?page=2'),
    at('list-filtered', '/products?in_stock=1&sort=price'),
    at('list-empty', '/products?q=zzzzzz'),
    at('category', `/categories/${category.slug}`),
    at('product', `/products/${goods.slug}`),
    at('product-sold-out', `/products/${soldOut.slug}`),
    at('product-asked-wrong', `/products/${soldOut.slug}`, nobody, { act: sendEmptyRequest }),
    at('waiting-confirm', confirm),
    at('waiting-stop', stop),
    at('sets', '/bundles'),
    at('set', `/bundles/${encodeURIComponent(set.slug)}`),
    at('cart-empty', '/cart'),
    at('cart', '/cart', buyer),
    at('cart-island', '/cart', islander),
    at('destination', '/country', islander),
    at('cart-codes', '/cart', saver, {
      act: page => page.locator('#cart-panel summary').first().click(),
    }),
    at('checkout-codes', '/checkout', saver),
    await payTo('KR'),
    await payTo('UZ'),
    await payTo('US'),
    at('checkout-errors', '/checkout', buyer, { act: sendEmpty }),
    at('order-pending', `/orders/${pending.number}`, pending.visitor),
    at('order-deposit', `/orders/${deposits.waiting.number}`, deposits.waiting.visitor),
    at('order-refused', `/orders/${deposits.refused.number}`, deposits.refused.visitor),
    at('order-refund-account', `/orders/${deposits.unnamed.number}`, deposits.unnamed.visitor),
    at('refund-account', `/orders/${deposits.unnamed.number}/refund-account`, deposits.unnamed.visitor),
    at(
      'refund-account-errors',
      `/orders/${deposits.unnamed.number}/refund-account`,
      deposits.unnamed.visitor,
      {
        act: page => page.locator('form[action*="/refund-account"] button').click(),
      },
    ),
    at('order-paid', `/orders/${paid.number}`, paid.visitor),
    at('account-offer', `/orders/${paid.number}/account`, paid.visitor),
    at('account-offer-errors', `/orders/${paid.number}/account`, paid.visitor, {
      act: page => page.locator('form[action$="/account"] button').click(),
    }),
    at('order-canceled', `/orders/${canceled.number}`, canceled.visitor),
    at('order-by-link', paid.link.slice(3)),
    at('order-partly-shipped', underWay.link),
    at('receipt', underWay.link.replace('?', '/receipt?')),
    at('track', '/track'),
    at('track-error', '/track?number=x', nobody, { status: 422 }),
    at('track-found', `/track/${underWay.trackingNumber}`),
    at('track-unknown', '/track/999988887777', nobody, { status: 404 }),
    at('order-cancel', `/orders/${paid.number}/cancellation`, paid.visitor),
    at('order-canceled-paid', `/orders/${ended.number}`, ended.visitor),
    at('order-returned', returned('')),
    at('withdrawal', returned('/withdrawal')),
    at('return-form', returned('/returns')),
    at('return-form-errors', returned('/returns'), nobody, {
      act: page => page.locator('form[enctype] button').click(),
    }),
    at('return', returned('/returns/1')),
    at('return-not-yet', `/orders/${paid.number}/withdrawal`, paid.visitor),
    at('find-order', '/orders/find'),
    at('about', '/about'),
    at('help', '/help'),
    at('contact', '/contact'),
    at('accessibility', '/accessibility'),
    ...['terms', 'returns', 'privacy'].map(slug => at(`policy-${slug}`, `/policies/${slug}`)),
    at('404', '/no-such-page', nobody, { status: 404 }),
    at('429', '/orders/find', limited, {
      act: async page => {
        await page.fill('[name=email]', findAway.email);
        await page.fill('[name=number]', findAway.number);
        await page.press('[name=number]', 'Enter');
        await page.waitForLoadState();
      },
    }),
    at(`pay-${provider}`, pending.payUrl, nobody, { foreign: true }),
    at('mailbox', shop.mail.origin, nobody, { foreign: true }),
    ...letters.map((letter, index) =>
      at(`letter-${index + 1}`, `${shop.mail.origin}/letters/${letter.id}/html`, nobody, { foreign: true }),
    ),
    ...(await prepareAccount(shop, locale, at)),
    ...(await prepareDesk(shop, locale, { number: paid.number, unnamed: deposits.unnamed.number })),
    at('500', `/orders/${late.number}`, late.visitor, { status: 500 }),
  ];
}

/** An order of three pieces of which two have left; its link below the language. */
async function sendInPart(
  shop: Shop,
  locale: Locale,
): Promise<{ number: string; link: string; trackingNumber: string }> {
  const order = await buy(shop, { locale, pieces: [2, 1] });
  const trackingNumber = '601234567890';
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const sent = await send(shop, order, { lines, number: trackingNumber });
  if (!sent.ok) throw new Error(`nothing was sent: ${sent.reason}`);
  await shop.settled();
  return { number: order.number, link: order.link.slice(3), trackingNumber };
}

/** Asks for a letter about a sold-out variant; the letter's links below the language: to confirm, to stop. */
async function askForLetter(
  shop: Shop,
  locale: Locale,
  { slug, variantId }: { slug: string; variantId: number },
): Promise<[confirm: string, stop: string]> {
  const email = `waiting.${locale}@example.com`;
  const path = encodeURI(`/${locale}/products/${slug}/stock-requests`);
  await createVisitor(shop.origin).post(path, { variant: String(variantId), email });
  await shop.settled();
  const letter = shop.mail.letters().find(({ to }) => to.includes(email));
  const links = [...(letter?.text ?? '').matchAll(/\/stock-requests\/\S+/g)].map(([link]) => link);
  const [confirm, stop] = links;
  if (!confirm || !stop) throw new Error('no letter with two links came');
  return [confirm, stop];
}

/** Takes away what order pages read, so that they fail as a bug would make them fail. */
export async function breakOrders(shop: Shop): Promise<void> {
  await shop.db.raw('alter table order_lines rename to order_lines_away');
}
