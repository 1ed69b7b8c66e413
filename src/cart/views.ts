import {
  findDelivery,
  listCountries,
  plainParts,
  type DeliveryOffer,
  type DeliveryOption,
} from '../shipping/index.js';
import { discountViews, priceStory, type DiscountView, type PriceStory } from '../discounts/index.js';
import { destinationName, unknownPart, type Destination } from '../lib/destination.js';
import { zero, type Currency, type Money } from '../lib/money.js';
import { localize, type Locale } from '../lib/locale.js';
import { formatDateRange } from '../lib/time.js';
import type { Db } from '../platform/db.js';
import { destinationForm, type DestinationForm } from '../web/index.js';
import { countryName, sortedCountries } from '../lib/countries.js';
import { leastCharge } from '../payments/index.js';
import { chooseDelivery, piecesOf, type ChosenDelivery } from './delivery.js';
import { findCart, findPricing, listLines, type Buyer, type CartLine } from './queries.js';
import type { Pricing, Quote } from './quote/quote.js';
import { quoteLines } from './quote/quote-lines.js';
import { lineViews, type CartLineView } from './views/lines.js';

export interface CartView {
  lines: CartLineView[];
  blocked: boolean;
  quote: Quote;
  /** Each discount that was considered: those that apply, and codes of the shopper's that do not. */
  discounts: DiscountView[];
  story: PriceStory;
  /** More than the total: the least that can be paid here at all. Null when the total can, or nothing is to be paid. */
  leastToPay: Money | null;
  /** Null where the store does not deliver; then `undelivered` says why. */
  delivery: CartDeliveryView | null;
  undelivered: 'nowhere' | 'too-heavy' | null;
  /** The deliver-to form. */
  destination: DestinationForm;
  /** Where delivery is priced for, as the reader calls it. */
  place: string;
  country: string;
  countryName: string;
  countries: { code: string; name: string }[];
  pieces: number;
}

export interface CartDeliveryView {
  /** The chosen method. */
  code: string;
  name: string;
  cost: Money;
  dates: string;
  /** Goods of this much are delivered free; null when they are already, or never are. */
  freeFrom: Money | null;
  /** What the cost holds besides the plain rate; null when that is nothing. */
  heavy: { pieces: number; amount: Money } | null;
  surcharge: Money | null;
  /** What has not been said and might make it dearer. */
  unknown: 'postalCode' | 'region' | null;
  options: { code: string; name: string; lang: Locale; cost: Money; dates: string; chosen: boolean }[];
}

/** Everything the cart page and the summary beside checkout print. At most thirteen statements. */
export async function loadCartView(
  db: Db,
  {
    token,
    locale,
    currency,
    destination,
    method,
    buyer = null,
    now,
  }: {
    token: string | null;
    locale: Locale;
    currency: Currency;
    destination: Destination;
    /** Code of the delivery that is asked for; what the cart remembers otherwise. */
    method?: string;
    /** Who buys, where the page knows: limits a customer has used up count then. */
    buyer?: Buyer | null;
    now: Date;
  },
): Promise<CartView> {
  const cart = await findCart(db, { token });
  const lines = cart ? await listLines(db, { cartId: cart.id, locale, currency }) : [];
  const offer = await findDelivery(db, { destination, currency, pieces: piecesOf(lines), now });
  const countries = await listCountries(db);
  const pricing = await findPricing(db, { cartId: cart?.id ?? null, ...destination, buyer, now });
  const wanted = method || cart?.shippingMethod || null;
  return cartView({ lines, offer, wanted, countries, pricing, locale, currency, destination, now });
}

export function cartView(facts: {
  lines: CartLine[];
  offer: DeliveryOffer;
  /** Code of the delivery the shopper chose, whether or not it is offered here. */
  wanted: string | null;
  countries: string[];
  pricing: Pricing;
  locale: Locale;
  currency: Currency;
  destination: Destination;
  now: Date;
}): CartView {
  const { lines, offer, wanted, pricing, locale, currency, destination, now } = facts;
  const { country } = destination;
  const countries = sortedCountries(facts.countries, locale);
  const shown = lineViews(lines, locale, currency);
  const chosen = chooseDelivery(offer, {
    wanted,
    price: delivery => quoteLines({ currency, lines, delivery, pricing, now }),
  });
  return {
    lines: shown,
    blocked: lines.some(line => line.problem !== null),
    quote: chosen.quote,
    discounts: discountViews(chosen.quote.discounts, { currency, locale }),
    story: storyOf(chosen.quote, lines, locale),
    leastToPay: shortOf(chosen.quote.total, country),
    delivery: chosen.option && deliveryView(chosen.option, { offer, chosen, destination, locale }),
    undelivered: offer.ok ? null : offer.reason,
    destination: destinationForm(destination, { countries }),
    place: destinationName(destination, locale),
    country,
    countryName: countryName(country, locale),
    countries,
    pieces: shown.reduce((pieces, line) => pieces + line.quantity, 0),
  };
}

function deliveryView(
  option: DeliveryOption,
  {
    offer,
    chosen,
    destination,
    locale,
  }: { offer: DeliveryOffer; chosen: ChosenDelivery; destination: Destination; locale: Locale },
): CartDeliveryView {
  const { shippingTotal, shippingParts: parts, currency } = chosen.quote;
  const costs = (code: string) => chosen.costs.get(code) ?? zero(currency);
  return {
    code: option.code,
    name: localize(option.name, locale).text,
    cost: shippingTotal,
    dates: formatDateRange(option.from, option.to, locale),
    freeFrom: shippingTotal.amount > 0 ? option.freeOver : null,
    heavy: parts && parts.heavy.amount > 0 ? { pieces: parts.heavyPieces, amount: parts.heavy } : null,
    surcharge: parts && parts.surcharge.amount > 0 ? parts.surcharge : null,
    unknown: unknownPart(destination),
    options: (offer.ok ? offer.options : []).map(({ code, name, from, to }) => ({
      code,
      name: localize(name, locale).text,
      lang: localize(name, locale).lang,
      cost: costs(code),
      dates: formatDateRange(from, to, locale),
      chosen: code === option.code,
    })),
  };
}

/** How the quote came about, with the names of this moment. */
function storyOf(quoted: Quote, lines: readonly CartLine[], locale: Locale): PriceStory {
  const named = (variantId: number) => {
    const variant = lines.find(line => line.variantId === variantId)?.variant;
    return [variant?.name, variant?.variantName].filter(Boolean).join(', ');
  };
  return priceStory({
    currency: quoted.currency,
    locale,
    lines: quoted.lines.map(({ variantId, quantity, unit, tax }) => ({
      name: named(variantId),
      quantity,
      unit: unit.amount,
      taxRate: tax.rateBp,
      tax: tax.amount.amount,
    })),
    sets: quoted.sets.map(({ name, saving }) => ({ name, saving: saving.amount })),
    discounts: quoted.discounts,
    discountTotal: quoted.discountTotal.amount,
    shippingBase: quoted.shippingBase.amount,
    shippingParts: quoted.shippingParts && plainParts(quoted.shippingParts),
    shippingTax: quoted.shippingTax.amount.amount,
    total: quoted.total.amount,
    taxAdded: quoted.taxation === 'added',
  });
}

/** What a total that is too small for every way of paying falls short of. */
function shortOf(total: Money, country: string): Money | null {
  const least = leastCharge(total.currency, country);
  return total.amount > 0 && total.amount < least.amount ? least : null;
}
