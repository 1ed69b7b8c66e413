import { localize, type Locale, type Localized } from '../../lib/locale.js';
import { money, type Currency, type Money } from '../../lib/money.js';
import { rows, type Db } from '../../platform/db.js';

/** A variant as a cart line, an order line or a letter names it. */
export interface VariantForSale {
  variantId: number;
  productId: number;
  /** The product's category, where it has one; which tax class it bears; what one piece weighs. */
  categoryId: number | null;
  taxClass: string;
  weightGrams: number;
  /** False when the variant or its product is not sold any more. */
  active: boolean;
  sku: string;
  /** Product name in the reader's language, or English with `lang` saying so. */
  name: string;
  lang: Locale;
  slug: string;
  /** "Graphite, 24 kg"; empty for a product without options. */
  variantName: string;
  /** Null when the variant is not sold in this currency. */
  price: Money | null;
  compareAt: Money | null;
  picture: { id: string; width: number; height: number } | null;
}

interface Row {
  id: number;
  product_id: number;
  category_id: number | null;
  tax_class: string;
  weight_grams: number;
  active: boolean;
  sku: string;
  name: string;
  lang: Locale;
  slug: string;
  labels: Localized[] | null;
  amount: number | null;
  compare_at: number | null;
  image_id: string | null;
  image_width: number | null;
  image_height: number | null;
}

/** Variants by id, in no particular order; ids that do not exist are left out. One statement. */
export async function listVariants(
  db: Db,
  { ids, locale, currency }: { ids: readonly number[]; locale: Locale; currency: Currency },
): Promise<VariantForSale[]> {
  if (ids.length === 0) return [];
  const found = await rows<Row>(
    db,
    `select v.id, v.product_id, p.category_id, p.tax_class, v.weight_grams, v.active and p.state = 'active' as active, v.sku,
            coalesce(own.name, en.name) as name, coalesce(own.slug, en.slug) as slug,
            case when own.name is null then 'en' else own.locale end as lang,
            (select json_agg(ov.label order by o.position)
               from variant_values vv join options o on o.id = vv.option_id join option_values ov on ov.id = vv.value_id
              where vv.variant_id = v.id) as labels,
            pr.amount, pr.compare_at, i.id as image_id, i.width as image_width, i.height as image_height
       from variants v
       join products p on p.id = v.product_id
       join product_translations en on en.product_id = p.id and en.locale = 'en'
       left join product_translations own on own.product_id = p.id and own.locale = :locale
       left join prices pr on pr.variant_id = v.id and pr.currency = :currency
       left join images i on i.id = coalesce(v.image_id,
            (select pi.image_id from product_images pi where pi.product_id = p.id and pi.image_id is not null
              order by pi.position limit 1)) and i.ready_at is not null
      where v.id = any(:ids)`,
    { ids, locale, currency },
  );
  return found.map(variant => ({
    variantId: variant.id,
    productId: variant.product_id,
    categoryId: variant.category_id,
    taxClass: variant.tax_class,
    weightGrams: variant.weight_grams,
    active: variant.active,
    sku: variant.sku,
    name: variant.name,
    lang: variant.lang,
    slug: variant.slug,
    variantName: (variant.labels ?? []).map(label => localize(label, locale).text).join(', '),
    price: variant.amount === null ? null : money(variant.amount, currency),
    compareAt: variant.compare_at === null ? null : money(variant.compare_at, currency),
    picture:
      variant.image_id === null
        ? null
        : { id: variant.image_id, width: variant.image_width!, height: variant.image_height! },
  }));
}
