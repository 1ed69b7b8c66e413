import {
  deliveryCost,
  deliveryDates,
  findRate,
  listCountries,
  type DeliveryRate,
} from '../shipping/index.js';
import { zero, type Currency, type Money } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import { formatDateRange } from '../lib/time.js';
import type { Db } from '../platform/db.js';
import { countryName, sortedCountries } from '../lib/countries.js';
import { pictureView, type PictureView } from '../catalog/index.js';
import { findCart, listLines, type CartLine } from './queries.js';
import { quote, type Quote } from './rules.js';

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

/** Everything the cart page and the summary beside checkout print. Five statements. */
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
  return cartView({ lines, rate, countries, locale, currency, country, now });
}

export function cartView(facts: {
  lines: CartLine[];
  rate: DeliveryRate | null;
  countries: string[];
  locale: Locale;
  currency: Currency;
  country: string;
  now: Date;
}): CartView {
  const { lines, rate, locale, currency, country, now } = facts;
  const quoted = quoteLines(currency, lines, rate);
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

/** Prices what can be bought; lines with a problem show their price but do not count until it is mended. */
export function quoteLines(currency: Currency, lines: readonly CartLine[], rate: DeliveryRate | null): Quote {
  const priced = lines.flatMap(({ variant, quantity, problem }) =>
    variant?.price && (problem === null || problem.reason === 'too-few')
      ? [{ quantity, unit: variant.price }]
      : [],
  );
  return quote(currency, priced, goods => (rate ? deliveryCost(rate, goods) : zero(currency)));
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
