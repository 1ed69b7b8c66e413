import { LOCALES, type Locale } from '../../lib/locale.js';
import type { Picture } from '../../media/index.js';
import { row, rows, type Db } from '../../platform/db.js';

export interface CategoryTile {
  code: string;
  name: string;
  lang: Locale;
  slug: string;
  picture: Picture | null;
}

/** All categories that hold something, in the order staff chose. */
export async function listCategories(db: Db, { locale }: { locale: Locale }): Promise<CategoryTile[]> {
  return await rows<CategoryTile>(
    db,
    `select c.code, coalesce(own.name, en.name) as name, coalesce(own.slug, en.slug) as slug, coalesce(own.locale, 'en') as lang,
            case when i.id is null then null else json_build_object('id', i.id, 'width', i.width, 'height', i.height) end as picture
       from categories c
       join category_translations en on en.category_id = c.id and en.locale = 'en'
       left join category_translations own on own.category_id = c.id and own.locale = :locale
       left join images i on i.id = c.image_id and i.ready_at is not null
      where exists (select from products p where p.category_id = c.id and p.state = 'active')
      order by c.position, c.id`,
    { locale },
  );
}

export interface CategoryDetail {
  code: string;
  name: string;
  lang: Locale;
  description: string;
  slugs: Record<Locale, string>;
}

/** The category that a slug means, found as `findProduct` finds a product. */
export async function findCategory(
  db: Db,
  { slug, locale }: { slug: string; locale: Locale },
): Promise<CategoryDetail | null> {
  const found = await row<Omit<CategoryDetail, 'slugs'> & { slugs: Partial<Record<Locale, string>> }>(
    db,
    `with meant as (
       select category_id as id, case when locale = :locale then 0 when locale = 'en' then 1 else 2 end as distance
         from category_translations where slug = :slug
       union all
       select target_id, case when locale = :locale then 3 else 4 end from former_slugs where kind = 'category' and slug = :slug
       order by distance limit 1)
     select c.code, coalesce(own.name, en.name) as name, coalesce(own.locale, 'en') as lang,
            coalesce(own.description, en.description) as description,
            (select json_object_agg(ct.locale, ct.slug) from category_translations ct where ct.category_id = c.id) as slugs
       from meant
       join categories c on c.id = meant.id
       join category_translations en on en.category_id = c.id and en.locale = 'en'
       left join category_translations own on own.category_id = c.id and own.locale = :locale`,
    { slug, locale },
  );
  if (!found) return null;
  const { slugs } = found;
  return {
    ...found,
    slugs: Object.fromEntries(LOCALES.map(each => [each, slugs[each] ?? slugs.en])) as Record<Locale, string>,
  };
}
