import { LOCALES, type Locale, type Localized } from '../../lib/locale.js';
import { money, type Currency, type Money } from '../../lib/money.js';
import type { Picture } from '../../media/index.js';
import { row, type Db } from '../../platform/db.js';

export interface Option {
  code: string;
  name: Localized;
  values: { code: string; label: Localized }[];
}

export interface Variant {
  id: number;
  sku: string;
  /** Value code by option code. */
  values: Record<string, string>;
  price: Money | null;
  compareAt: Money | null;
  /** Packed, as it is sent. */
  weightGrams: number;
  /** Pieces that can be bought now. */
  available: number;
  imageId: string | null;
}

/** What is said of a product in one typed value. */
export interface Attribute {
  label: Localized;
  unit: Localized | null;
  number: number | null;
  text: Localized | null;
  flag: boolean | null;
}

/** Everything the page of a product prints. */
export interface ProductDetail {
  id: number;
  name: string;
  lang: Locale;
  summary: string;
  /** Sanitised when it was written. */
  descriptionHtml: string;
  brand: string | null;
  /** The slug in each language; a language without translation uses the English one. */
  slugs: Record<Locale, string>;
  category: { code: string; name: string; lang: Locale; slug: string } | null;
  options: Option[];
  /** Active ones, in the order staff chose. */
  variants: Variant[];
  pictures: (Picture & { alt: Localized })[];
  attributes: Attribute[];
}

type VariantRow = Omit<Variant, 'price' | 'compareAt' | 'values'> & {
  values: Record<string, string> | null;
  amount: number | null;
  compareAt: number | null;
};
type Row = Omit<ProductDetail, 'options' | 'variants' | 'pictures' | 'attributes' | 'slugs'> & {
  slugs: Partial<Record<Locale, string>>;
  options: Option[] | null;
  variants: VariantRow[] | null;
  pictures: ProductDetail['pictures'] | null;
  attributes: Attribute[] | null;
};

/**
 * The active product that a slug means: of this language, else of another, else a former one (of this language first).
 * The caller compares the slug with `slugs` and redirects when it is not the present one. One statement.
 */
export async function findProduct(
  db: Db,
  { slug, locale, currency }: { slug: string; locale: Locale; currency: Currency },
): Promise<ProductDetail | null> {
  const found = await row<Row>(
    db,
    `with meant as (
       select product_id as id, case when locale = :locale then 0 when locale = 'en' then 1 else 2 end as distance
         from product_translations where slug = :slug
       union all
       select target_id, case when locale = :locale then 3 else 4 end from former_slugs where kind = 'product' and slug = :slug
       order by distance limit 1)
     select p.id, coalesce(own.name, en.name) as name, coalesce(own.locale, 'en') as lang, b.name as brand,
            case when own.name is null then en.summary else own.summary end as summary,
            case when own.name is null then en.description_html else own.description_html end as "descriptionHtml",
            (select json_object_agg(pt.locale, pt.slug) from product_translations pt where pt.product_id = p.id) as slugs,
            (select json_build_object('code', c.code, 'name', coalesce(ct.name, ce.name), 'slug', coalesce(ct.slug, ce.slug),
                                      'lang', coalesce(ct.locale, 'en'))
               from categories c
               join category_translations ce on ce.category_id = c.id and ce.locale = 'en'
               left join category_translations ct on ct.category_id = c.id and ct.locale = :locale
              where c.id = p.category_id) as category,
            (select json_agg(json_build_object('code', o.code, 'name', o.name, 'values',
                      (select json_agg(json_build_object('code', ov.code, 'label', ov.label) order by ov.position, ov.id)
                         from option_values ov where ov.option_id = o.id)) order by o.position, o.id)
               from options o where o.product_id = p.id) as options,
            (select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'amount', pr.amount, 'compareAt', pr.compare_at,
                      'available', greatest(coalesce(s.on_hand - s.reserved, 0), 0), 'imageId', v.image_id, 'weightGrams', v.weight_grams, 'values',
                      (select json_object_agg(o.code, ov.code)
                         from variant_values vv join options o on o.id = vv.option_id join option_values ov on ov.id = vv.value_id
                        where vv.variant_id = v.id)) order by v.position, v.id)
               from variants v
               left join prices pr on pr.variant_id = v.id and pr.currency = :currency
               left join stock s on s.variant_id = v.id
              where v.product_id = p.id and v.active) as variants,
            (select json_agg(json_build_object('id', i.id, 'width', i.width, 'height', i.height, 'alt', pi.alt) order by pi.position)
               from product_images pi join images i on i.id = pi.image_id and i.ready_at is not null where pi.product_id = p.id) as pictures,
            (select json_agg(json_build_object('label', a.label, 'unit', a.unit, 'number', pa.number, 'text', pa.text,
                      'flag', pa.flag) order by pa.position)
               from product_attributes pa join attributes a on a.code = pa.attribute_code where pa.product_id = p.id) as attributes
       from meant
       join products p on p.id = meant.id and p.state = 'active'
       join product_translations en on en.product_id = p.id and en.locale = 'en'
       left join product_translations own on own.product_id = p.id and own.locale = :locale
       left join brands b on b.id = p.brand_id`,
    { slug, locale, currency },
  );
  return found && toDetail(found, currency);
}

function toDetail(found: Row, currency: Currency): ProductDetail {
  const { slugs } = found;
  const price = (amount: number | null) => (amount === null ? null : money(amount, currency));
  return {
    ...found,
    slugs: Object.fromEntries(LOCALES.map(locale => [locale, slugs[locale] ?? slugs.en])) as Record<
      Locale,
      string
    >,
    options: found.options ?? [],
    variants: (found.variants ?? []).map(({ amount, compareAt, values, ...variant }) => ({
      ...variant,
      values: values ?? {},
      price: price(amount),
      compareAt: price(compareAt),
    })),
    pictures: found.pictures ?? [],
    attributes: found.attributes ?? [],
  };
}
