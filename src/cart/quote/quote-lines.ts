import { zero, type Currency } from '../../lib/money.js';
import type { DeliveryOption } from '../../shipping/index.js';
import { counted } from '../delivery.js';
import type { CartLine } from '../queries.js';
import { quote, type Pricing, type Quote } from './quote.js';

/**
 * Prices what can be bought; lines with a problem show their price but do not count until it is mended. Pure: the cart,
 * the summary beside checkout and the order under the cart's lock all get their figures here.
 */
export function quoteLines(facts: {
  currency: Currency;
  lines: readonly CartLine[];
  /** Null where nothing is delivered; the quote is then without it. */
  delivery: DeliveryOption | null;
  pricing: Pricing;
  now: Date;
}): Quote {
  const { currency, lines, delivery, pricing, now } = facts;
  const priced = counted(lines).flatMap(({ variant, quantity, set }) => {
    if (!variant?.price) return [];
    const bundle = set?.bundle
      ? { id: set.bundle.bundleId, name: set.bundle.name, saving: set.saving }
      : null;
    return [{ ...variant, quantity, unit: variant.price, bundle }];
  });
  return quote({
    ...pricing,
    currency,
    lines: priced.map(
      ({ variantId, productId, categoryId, taxClass, weightGrams, quantity, unit, bundle }) => ({
        variantId,
        productId,
        categoryId,
        taxClass,
        weightGrams,
        quantity,
        unit,
        bundle,
      }),
    ),
    delivery: goods => delivery?.cost(goods) ?? zero(currency),
    parts: goods => delivery?.parts(goods) ?? null,
    waivable: goods => delivery?.waivable(goods) ?? zero(currency),
    now,
  });
}
