import { listVariants, type VariantForSale } from '../catalog/index.js';
import { LOCALES, type Locale } from '../lib/locale.js';
import { money, type Currency, type Money } from '../lib/money.js';
import { rows, type Db } from '../platform/db.js';
import { offerOf } from './rules.js';

export interface BundlePart {
  variant: VariantForSale;
  /** Pieces of it in one set. */
  quantity: number;
}

/** A set as its page, a cart line and an order name it. Prices are of one set. */
export interface BundleForSale {
  bundleId: number;
  code: string;
  /** False when the set, or a part of it, is not sold any more. */
  active: boolean;
  name: string;
  /** Language of the texts: English where they are not translated. */
  lang: Locale;
  summary: string;
  /** Sanitised when it was written. */
  descriptionHtml: string;
  /** The slug in each language; a language without translation uses the English one. */
  slugs: Record<Locale, string>;
  parts: BundlePart[];
  price: Money | null;
  partsTotal: Money | null;
  saving: Money;
}

interface Row {
  id: number;
  code: string;
  active: boolean;
  name: string;
  lang: Locale;
  summary: string;
  description_html: string;
  slugs: Partial<Record<Locale, string>>;
  items: { variantId: number | null; quantity: number }[] | null;
  amount: number | null;
}

interface Reader {
  locale: Locale;
  currency: Currency;
}

const COLUMNS = `b.id, b.code, b.state = 'active' as active, coalesce(own.name, en.name) as name,
  coalesce(own.locale, 'en') as lang,
  case when own.name is null then en.summary else own.summary end as summary,
  case when own.name is null then en.description_html else own.description_html end as description_html,
  (select json_object_agg(t.locale, t.slug) from bundle_translations t where t.bundle_id = b.id) as slugs,
  (select json_agg(json_build_object('variantId', i.variant_id, 'quantity', i.quantity) order by i.position)
     from bundle_items i where i.bundle_id = b.id) as items,
  p.amount`;
const JOINS = `join bundle_translations en on en.bundle_id = b.id and en.locale = 'en'
  left join bundle_translations own on own.bundle_id = b.id and own.locale = :locale
  left join bundle_prices p on p.bundle_id = b.id and p.currency = :currency`;

/** All sets that are on sale, in the order staff chose. Two statements. */
export async function listBundles(db: Db, reader: Reader): Promise<BundleForSale[]> {
  const found = await rows<Row>(
    db,
    `select ${COLUMNS} from bundles b ${JOINS} where b.state = 'active' order by b.position, b.id`,
    { ...reader },
  );
  const bundles = await withParts(db, found, reader);
  return bundles.filter(({ active }) => active);
}

/** Sets by id, in no particular order; ids that do not exist are left out. Two statements, none for no ids. */
export async function listBundlesById(
  db: Db,
  { ids, ...reader }: Reader & { ids: readonly number[] },
): Promise<BundleForSale[]> {
  if (ids.length === 0) return [];
  const found = await rows<Row>(db, `select ${COLUMNS} from bundles b ${JOINS} where b.id = any(:ids)`, {
    ...reader,
    ids,
  });
  return await withParts(db, found, reader);
}

/**
 * The active set that a slug means: of this language, else of another, else a former one. The caller compares the slug
 * with `slugs` and redirects when it is not the present one. Two statements.
 */
export async function findBundle(
  db: Db,
  { slug, ...reader }: Reader & { slug: string },
): Promise<BundleForSale | null> {
  const found = await rows<Row>(
    db,
    `with meant as (
       select bundle_id as id, case when locale = :locale then 0 when locale = 'en' then 1 else 2 end as distance
         from bundle_translations where slug = :slug
       union all
       select target_id, case when locale = :locale then 3 else 4 end from former_slugs where kind = 'bundle' and slug = :slug
       order by distance limit 1)
     select ${COLUMNS} from meant join bundles b on b.id = meant.id and b.state = 'active' ${JOINS}`,
    { slug, ...reader },
  );
  return (await withParts(db, found, reader))[0] ?? null;
}

/** The parts and what they cost. A set with a part that is gone or not sold is not sold either. */
async function withParts(
  db: Db,
  found: readonly Row[],
  { locale, currency }: Reader,
): Promise<BundleForSale[]> {
  const ids = [
    ...new Set(found.flatMap(({ items }) => items ?? []).flatMap(({ variantId }) => variantId ?? [])),
  ];
  const variants = new Map(
    (await listVariants(db, { ids, locale, currency })).map(each => [each.variantId, each]),
  );
  return found.map(bundle => {
    const items = bundle.items ?? [];
    const parts = items.flatMap(({ variantId, quantity }) => {
      const variant = variantId === null ? undefined : variants.get(variantId);
      return variant ? [{ variant, quantity }] : [];
    });
    const complete = items.length > 0 && parts.length === items.length;
    const setPrice = bundle.amount === null || !complete ? null : money(bundle.amount, currency);
    const offer = offerOf(
      currency,
      setPrice,
      parts.map(({ variant, quantity }) => ({ quantity, price: variant.price })),
    );
    return {
      bundleId: bundle.id,
      code: bundle.code,
      active: bundle.active && complete && parts.every(({ variant }) => variant.active),
      name: bundle.name,
      lang: bundle.lang,
      summary: bundle.summary,
      descriptionHtml: bundle.description_html,
      slugs: Object.fromEntries(LOCALES.map(each => [each, bundle.slugs[each] ?? bundle.slugs.en])) as Record<
        Locale,
        string
      >,
      parts,
      ...offer,
    };
  });
}
