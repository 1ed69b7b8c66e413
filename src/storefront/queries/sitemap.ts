import type { Locale } from '../../lib/locale.js';
import { rows, type Db } from '../../platform/db.js';

/** A product, category or set with its slug in each language it has. */
export interface SitemapEntry {
  kind: 'product' | 'category' | 'bundle';
  slugs: Partial<Record<Locale, string>> & { en: string };
  /** Day of the last change; null where none is kept. */
  changedOn: string | null;
}

/** Active products, newest first, categories that hold any, and sets. A sitemap may name 50,000 addresses, three to an entry. */
export async function listSitemapEntries(db: Db): Promise<SitemapEntry[]> {
  return await rows<SitemapEntry>(
    db,
    `select 'category' as kind, json_object_agg(ct.locale, ct.slug) as slugs, null as "changedOn", 0 as part, c.id
       from categories c join category_translations ct on ct.category_id = c.id
      where exists (select from products p where p.category_id = c.id and p.state = 'active')
      group by c.id
     union all
     select 'bundle', json_object_agg(bt.locale, bt.slug), null, 0, b.id
       from bundles b join bundle_translations bt on bt.bundle_id = b.id
      where b.state = 'active' group by b.id
     union all
     select 'product', json_object_agg(pt.locale, pt.slug), to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD'), 1, p.id
       from products p join product_translations pt on pt.product_id = p.id
      where p.state = 'active' and exists (select from product_translations en where en.product_id = p.id and en.locale = 'en')
      group by p.id
      order by part, id desc limit 16000`,
  );
}
