import type { Locale, Localized } from '../../lib/locale.js';
import { money, type Currency, type Money } from '../../lib/money.js';
import type { Picture } from '../../media/index.js';
import { rows, type Db } from '../../platform/db.js';
import { inCategory, matching, ofBrand, type CardFilter } from './filter.js';

/** A product as a list shows it. */
export interface Card {
  productId: number;
  name: string;
  /** Language of the name: English where it is not translated. */
  lang: Locale;
  slug: string;
  brand: string | null;
  listedAt: Date;
  /** The lowest price in the shopper's currency and what it was before; null when not sold in that currency. */
  price: Money | null;
  compareAt: Money | null;
  /** Other variants cost more. */
  priceVaries: boolean;
  /** Pieces of all variants together that can be bought now. */
  available: number;
  /** Whether anybody bought it in the last 90 days; known only in the order `best`. */
  sold: boolean;
  picture: Picture | null;
  alt: Localized | null;
}

export type CardSort = 'newest' | 'price' | '-price' | 'name';
/** Orders of sections that a shopper does not choose. */
type SectionSort = 'best' | 'reduced';

/** `key` is a column of the list of products; `by` names its columns, before and after pictures are joined. */
const ORDER: Record<CardSort | SectionSort, { key: string; by: string }> = {
  newest: { key: 'null', by: 'listed_at desc, id desc' },
  price: { key: 'null', by: 'amount nulls last, id desc' },
  '-price': { key: 'null', by: 'amount desc nulls last, id desc' },
  name: { key: 'coalesce(own.name, en.name) collate "und-x-icu"', by: 'key, id desc' },
  // Sold most; what nobody has bought yet follows by how new and how cheap it is.
  best: {
    key: `array[-coalesce(sales.sold, 0), rank() over (order by p.listed_at desc) + rank() over (order by offer.amount)]`,
    by: 'key, id desc',
  },
  reduced: { key: 'offer.amount::numeric / offer.compare_at', by: 'key, id desc' },
};

const SALES = `left join (select v.product_id, sum(ol.quantity) as sold
                            from orders o join order_lines ol on ol.order_id = o.id join variants v on v.id = ol.variant_id
                           where o.paid_at > now() - interval '90 days' and o.state <> 'canceled'
                           group by v.product_id) sales on sales.product_id = p.id`;

export interface CardsWanted {
  locale: Locale;
  currency: Currency;
  filter: CardFilter;
  sort: CardSort | SectionSort;
  limit: number;
  offset?: number;
}

/** Active products that pass the filter, as cards. One statement. */
export async function listCards(
  db: Db,
  { locale, currency, filter, sort, limit, offset = 0 }: CardsWanted,
): Promise<Card[]> {
  // The newest few come from an index, unless most of what it brings is thrown away again.
  const straight =
    sort === 'newest' && !filter.inStock && filter.priceMin === null && filter.priceMax === null;
  const { from, where, bindings } = matching(filter, straight ? 'one by one' : 'in one pass');
  const { key, by } = ORDER[sort];
  const best = sort === 'best';
  const found = await rows<Row>(
    db,
    `select chosen.*, shown.picture, shown.alt
       from (select p.id, p.listed_at, b.name as brand, coalesce(own.name, en.name) as name,
                    coalesce(own.slug, en.slug) as slug, coalesce(own.locale, 'en') as lang,
                    offer.amount, offer.compare_at, offer.dearest, offer.available,
                    ${best ? 'sales.sold is not null' : 'false'} as sold, ${key} as key
               from ${from}
               join product_translations en on en.product_id = p.id and en.locale = 'en'
               left join product_translations own on own.product_id = p.id and own.locale = :locale
               ${best ? SALES : ''}
              where ${where} and ${inCategory(filter)} and ${ofBrand(filter)} and offer.fits
                    ${filter.reduced ? 'and offer.compare_at is not null' : ''}
              order by ${by} limit :limit offset :offset) chosen
       left join lateral (
         select json_build_object('id', i.id, 'width', i.width, 'height', i.height) as picture, pi.alt
           from product_images pi join images i on i.id = pi.image_id and i.ready_at is not null
          where pi.product_id = chosen.id order by pi.position limit 1) shown on true
      order by ${by}`,
    { locale, currency, limit, offset, ...bindings },
  );
  return found.map(product => toCard(product, currency));
}

interface Row extends Pick<
  Card,
  'name' | 'lang' | 'slug' | 'brand' | 'available' | 'sold' | 'picture' | 'alt'
> {
  id: number;
  listed_at: Date;
  amount: number | null;
  compare_at: number | null;
  dearest: number | null;
}

function toCard({ id, listed_at, amount, compare_at, dearest, ...row }: Row, currency: Currency): Card {
  return {
    productId: id,
    name: row.name,
    lang: row.lang,
    slug: row.slug,
    brand: row.brand,
    listedAt: listed_at,
    price: amount === null ? null : money(amount, currency),
    compareAt: compare_at === null ? null : money(compare_at, currency),
    priceVaries: dearest !== amount,
    available: row.available,
    sold: row.sold,
    picture: row.picture,
    alt: row.alt,
  };
}
