import { LOCALES } from '../../lib/locale.js';
import { cleanHtml } from '../../lib/html.js';
import { change, rows, type Tx } from '../../platform/db.js';
import type { AttributeDraft, ImageDraft, ProductDraft } from '../product-draft.js';
import { PRODUCT, giveSlugs } from './slugs.js';

/** Names, texts and slugs in the languages of the draft; returns how many rows changed. Needs `lockSlugs`. */
export async function saveTexts(
  tx: Tx,
  { productId, translations }: { productId: number; translations: ProductDraft['translations'] },
): Promise<number> {
  const texts = LOCALES.flatMap(locale => {
    const text = translations[locale];
    return text ? [{ locale, ...text }] : [];
  });
  const wishes = Object.fromEntries(texts.map(({ locale, slug }) => [locale, slug]));
  const slugs = await giveSlugs(tx, { owner: PRODUCT, id: productId, wishes });
  const wanted = texts.map(({ locale, name, summary, descriptionHtml }) => ({
    locale,
    name,
    slug: slugs[locale],
    summary,
    description: cleanHtml(descriptionHtml),
  }));
  return await change(
    tx,
    `insert into product_translations as t (product_id, locale, name, slug, summary, description_html)
     select :productId, d.locale, d.name, d.slug, d.summary, d.description
       from jsonb_to_recordset(cast(:wanted as jsonb))
            as d (locale text, name text, slug text, summary text, description text)
     on conflict (product_id, locale) do update
        set name = excluded.name, slug = excluded.slug, summary = excluded.summary,
            description_html = excluded.description_html
      where (t.name, t.slug, t.summary, t.description_html)
            is distinct from (excluded.name, excluded.slug, excluded.summary, excluded.description_html)`,
    { productId, wanted: JSON.stringify(wanted) },
  );
}

/** The gallery, in the draft's order. The same picture at the same place keeps its words in other languages. */
export async function saveGallery(
  tx: Tx,
  { productId, images }: { productId: number; images: readonly ImageDraft[] },
): Promise<number> {
  const wanted = images.map(({ imageId, sourceUrl, alt }, position) => ({
    position,
    image: imageId,
    source: sourceUrl,
    alt,
  }));
  const saved = await change(
    tx,
    `insert into product_images as t (product_id, position, image_id, source_url, alt)
     select :productId, d.position, d.image, d.source, d.alt
       from jsonb_to_recordset(cast(:wanted as jsonb)) as d (position int, image text, source text, alt jsonb)
     on conflict (product_id, position) do update
        set image_id = excluded.image_id, source_url = excluded.source_url,
            alt = case when (t.image_id, t.source_url) is distinct from (excluded.image_id, excluded.source_url)
                       then excluded.alt else t.alt || excluded.alt end
      where (t.image_id, t.source_url) is distinct from (excluded.image_id, excluded.source_url)
         or t.alt <> t.alt || excluded.alt`,
    { productId, wanted: JSON.stringify(wanted) },
  );
  const removed = await change(
    tx,
    `delete from product_images where product_id = :productId and position >= :count`,
    {
      productId,
      count: images.length,
    },
  );
  return saved + removed;
}

/**
 * The specification, in the draft's order.
 * @throws Error when an attribute is unknown or of another kind than its value: filters and comparisons rely on it.
 */
export async function saveSpecification(
  tx: Tx,
  { productId, attributes }: { productId: number; attributes: readonly AttributeDraft[] },
): Promise<number> {
  const codes = attributes.map(({ code }) => code);
  const known = await rows<{ code: string; kind: string }>(
    tx,
    `select code, kind from attributes where code = any(:codes)`,
    {
      codes,
    },
  );
  const wrong = attributes.filter(
    draft => !known.some(({ code, kind }) => code === draft.code && kind in draft),
  );
  if (wrong.length > 0)
    throw new Error(`no attribute of that kind: ${wrong.map(({ code }) => code).join(', ')}`);
  const wanted = JSON.stringify(attributes.map((draft, position) => ({ ...draft, position })));
  const saved = await change(
    tx,
    `insert into product_attributes as t (product_id, attribute_code, position, number, text, flag)
     select :productId, d.code, d.position, d.number, d.text, d.flag
       from jsonb_to_recordset(cast(:wanted as jsonb))
            as d (code text, position int, number numeric, text jsonb, flag boolean)
     on conflict (product_id, attribute_code) do update
        set position = excluded.position, number = excluded.number, text = excluded.text, flag = excluded.flag
      where (t.position, t.number, t.text, t.flag)
            is distinct from (excluded.position, excluded.number, excluded.text, excluded.flag)`,
    { productId, wanted },
  );
  const removed = await change(
    tx,
    `delete from product_attributes where product_id = :productId and attribute_code <> all(:codes)`,
    { productId, codes },
  );
  return saved + removed;
}
