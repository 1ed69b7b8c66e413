import { deliveryDates, findRate, listCountries, type DeliveryRate } from '../shipping/index.js';
import type { Currency, Money } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import { formatDateRange } from '../lib/time.js';
import type { Db } from '../platform/db.js';
import { countryName, sortedCountries } from '../lib/countries.js';
import { pictureView, type PictureView } from '../catalog/index.js';
import { findCart, findPricing, listLines, type CartLine } from './queries.js';
import type { Pricing, Quote } from './quote/quote.js';
import { quoteLines } from './quote/quote-lines.js';

/** A cart line as its template prints it. */
export interface CartLineView {
  id: number;
  name: string;
  lang: Locale;
  variantName: string;
  path: string | null;
  picture: PictureView | null;
  quantity: number;
  unit: Money | null;
  total: Money | null;
  compareAt: Money | null;
  formerPrice: Money | null;
  /** Key of the sentence that says what is wrong, with its values. */
  problem: { key: string; values: Record<string, string | number> } | null;
}

export interface CartView {
  lines: CartLineView[];
  blocked: boolean;
  quote: Quote;
  /** Null where the store does not deliver. */
  delivery: { cost: Money; dates: string; freeFrom: Money | null } | null;
  country: string;
  countryName: string;
  countries: { code: string; name: string }[];
  pieces: number;
}

/** Everything the cart page and the summary beside checkout print. Six statements. */
export async function loadCartView(
  db: Db,
  {
    token,
    locale,
    currency,
    country,
    now,
  }: { token: string | null; locale: Locale; currency: Currency; country: string; now: Date },
): Promise<CartView> {
  const cart = await findCart(db, { token });
  const lines = cart ? await listLines(db, { cartId: cart.id, locale, currency }) : [];
  const rate = await findRate(db, { country, currency });
  const countries = await listCountries(db);
  const pricing = await findPricing(db, { country, region: '' });
  return cartView({ lines, rate, countries, pricing, locale, currency, country, now });
}

export function cartView(facts: {
  lines: CartLine[];
  rate: DeliveryRate | null;
  countries: string[];
  pricing: Pricing;
  locale: Locale;
  currency: Currency;
  country: string;
  now: Date;
}): CartView {
  const { lines, rate, pricing, locale, currency, country, now } = facts;
  const quoted = quoteLines({ currency, lines, rate, pricing, now });
  const dates = rate && deliveryDates(rate, now);
  return {
    lines: lines.map(line => lineView(line, locale, currency)),
    blocked: lines.some(line => line.problem !== null),
    quote: quoted,
    delivery: rate &&
      dates && {
        cost: quoted.shippingTotal,
        dates: formatDateRange(dates.from, dates.to, locale),
        freeFrom: quoted.shippingTotal.amount > 0 ? rate.freeOver : null,
      },
    country,
    countryName: countryName(country, locale),
    countries: sortedCountries(facts.countries, locale),
    pieces: lines.reduce((pieces, line) => pieces + line.quantity, 0),
  };
}

function lineView(line: CartLine, locale: Locale, currency: Currency): CartLineView {
  const { variant, quantity, problem } = line;
  const unit = variant?.price ?? null;
  return {
    id: line.id,
    name: variant?.name ?? line.seenName,
    lang: variant?.lang ?? locale,
    variantName: variant?.variantName ?? '',
    path: variant?.active ? `/products/${variant.slug}?variant=${variant.variantId}` : null,
    picture: variant?.picture ? pictureView(variant.picture, 320) : null,
    quantity,
    unit,
    total: unit && { amount: unit.amount * quantity, currency },
    compareAt: variant?.compareAt ?? null,
    formerPrice: line.formerPrice,
    problem: problem && {
      key: `cart.problem.${problem.reason}`,
      values: problem.reason === 'too-few' ? { count: problem.available } : { currency },
    },
  };
}
