import type { Locale } from '../../src/lib/locale.js';
import type { Currency } from '../../src/lib/money.js';
import { row, type Db } from '../../src/platform/db.js';

export interface Goods {
  productId: number;
  /** In the asked language. */
  slug: string;
  variantId: number;
}

/**
 * A product of the demo and one of its variants: with a price in `currency`, and pieces to sell or, when `soldOut`,
 * without any in all its variants. `skip` passes over the first ones.
 * @throws Error when the demo has none, for then a test would prove nothing.
 */
export async function findGoods(
  db: Db,
  {
    locale,
    currency,
    soldOut = false,
    skip = 0,
  }: { locale: Locale; currency: Currency; soldOut?: boolean; skip?: number },
): Promise<Goods> {
  const found = await row<Goods>(
    db,
    `select p.id as "productId", coalesce(own.slug, en.slug) as slug, max(v.id) as "variantId"
       from products p
       join product_translations en on en.product_id = p.id and en.locale = 'en'
       left join product_translations own on own.product_id = p.id and own.locale = :locale
       join variants v on v.product_id = p.id and v.active
       join prices on prices.variant_id = v.id and prices.currency = :currency
       left join stock s on s.variant_id = v.id
      where p.state = 'active'
      group by p.id, own.slug, en.slug
     having case when :soldOut then max(coalesce(s.on_hand - s.reserved, 0)) = 0
                 else min(coalesce(s.on_hand - s.reserved, 0)) > 3 end
      order by p.id
     offset :skip limit 1`,
    { locale, currency, soldOut, skip },
  );
  if (!found) throw new Error(`the demo has no ${soldOut ? 'sold-out ' : ''}product priced in ${currency}`);
  return found;
}
