import type { Locale } from '../../src/lib/locale.js';
import { LOCALE_CURRENCY } from '../../src/lib/locale.js';
import type { PayChoice } from '../../src/payments/index.js';
import { findGoods } from './goods.js';
import type { Shop } from './shop.js';
import { createVisitor, type Answered, type Visitor } from './visitor.js';

export type Country = 'KR' | 'UZ' | 'US';

/** What a buyer in each country types. */
export const BUYERS: Record<Country, Readonly<Record<string, string>>> = {
  KR: {
    email: 'minji.kim@example.com',
    name: '김민지',
    phone: '010-1234-5678',
    postal_code: '04001',
    address1: '서울특별시 마포구 월드컵북로 1',
    address2: '101동 202호',
  },
  UZ: {
    email: 'aziza.karimova@example.com',
    name: 'Aziza Karimova',
    phone: '+998 90 123 45 67',
    region: 'UZ-TK',
    city: 'Yunusobod',
    address1: 'Amir Temur koʻchasi, 1-uy',
  },
  US: {
    email: 'sam.lee@example.com',
    name: 'Sam Lee',
    phone: '+1 212 555 0142',
    postal_code: '10001',
    region: 'NY',
    city: 'New York',
    address1: '1 Example Street',
  },
};

/** Puts a product of the demo into the visitor's cart, one piece unless told. */
export async function fillCart(
  shop: Shop,
  visitor: Visitor,
  locale: Locale,
  skip = 0,
  quantity = 1,
): Promise<void> {
  const { variantId } = await findGoods(shop.db, { locale, currency: LOCALE_CURRENCY[locale], skip });
  const added = await visitor.post(`/${locale}/cart/lines`, {
    variant: String(variantId),
    quantity: String(quantity),
  });
  if (added.status !== 303) throw new Error(`nothing was put into the cart: ${added.status}`);
  // The message about it is for this page, not for whichever comes next.
  await visitor.get(`/${locale}/cart`);
}

/** Values of the hidden fields of a page's forms. */
function hiddenFields(html: string): Record<string, string> {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return Object.fromEntries(inputs.map(tag => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

/** Says where to deliver to, as the country form of the page does, and fills in the checkout form. */
export async function checkoutFields(
  visitor: Visitor,
  {
    locale,
    country,
    provider,
    way = provider,
  }: { locale: Locale; country: Country; provider: 'stripe' | 'toss'; way?: PayChoice },
): Promise<Record<string, string>> {
  await visitor.post(`/${locale}/country`, { country, return_to: `/${locale}/checkout` });
  const { status, text } = await visitor.get(`/${locale}/checkout`);
  if (status !== 200) throw new Error(`no checkout page: ${status}`);
  const { expected_total = '', expected_currency = '', form_country = '' } = hiddenFields(text);
  return {
    ...BUYERS[country],
    country,
    form_country,
    expected_total,
    expected_currency,
    payment_method: way,
    terms: 'yes',
  };
}

export interface Placed {
  visitor: Visitor;
  number: string;
  /** The provider's id of the attempt: a checkout session or a payment key. */
  providerId: string;
  /** The provider's page. */
  payUrl: string;
  /** The order's page for whoever has the link of the letter. */
  link: string;
}

/** A guest buys one piece (or `quantity`) up to the provider's page. */
export async function placeOrder(
  shop: Shop,
  {
    locale,
    country,
    provider,
    skip = 0,
    quantity = 1,
    way = provider,
    email = BUYERS[country].email!,
    visitor = createVisitor(shop.origin),
  }: {
    locale: Locale;
    country: Country;
    provider: 'stripe' | 'toss';
    /** Somebody who is signed in; a new guest unless told. */
    visitor?: Visitor;
    email?: string;
    skip?: number;
    quantity?: number;
    /** How to pay there; the provider's first way unless told. */
    way?: PayChoice;
  },
): Promise<Placed> {
  await fillCart(shop, visitor, locale, skip, quantity);
  const fields = await checkoutFields(visitor, { locale, country, provider, way });
  const answered = await visitor.post(`/${locale}/checkout`, { ...fields, email });
  if (answered.status !== 303 || !answered.location?.startsWith(shop[provider].origin)) {
    throw new Error(
      `the order was not placed: ${answered.status} ${answered.location ?? problems(answered.text)}`,
    );
  }
  const payUrl = answered.location;
  const providerId = /\/(?:pay|payments)\/([^/?#]+)/.exec(new URL(payUrl).pathname)?.[1] ?? '';
  const order = await shop
    .db('orders')
    .orderBy('id', 'desc')
    .first<{ number: string; access_key: string }>('number', 'access_key');
  return {
    visitor,
    number: order.number,
    providerId,
    payUrl,
    link: `/${locale}/orders/${order.number}?key=${order.access_key}`,
  };
}

/** Pays as the buyer does on the provider's page and comes back to the order's page. */
export async function payOrder(shop: Shop, placed: Placed, provider: 'stripe' | 'toss'): Promise<Answered> {
  const { location } =
    provider === 'stripe' ? await shop.stripe.pay(placed.providerId) : shop.toss.approve(placed.providerId);
  const shown = await placed.visitor.open(location);
  await shop.settled();
  return shown;
}

/** The error summary of a form that came back, for a failure's message. */
export const problems = (html: string): string =>
  (html.match(/class="field__error"[^>]*>([^<]*)/g) ?? []).join('; ');
