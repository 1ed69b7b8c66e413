import { importShopify, outcomeLines, summaryLines, type ImportRequest } from '../../src/catalog/index.js';
import type { Db } from '../../src/platform/db.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

/** A database to import into, and what an operator and a shopper see of it. */
export interface ImportDesk {
  database: TestDatabase;
  db: Db;
  /** Imports a file and gives back the lines that are printed. */
  run(text: string | Buffer, override?: Partial<ImportRequest>): Promise<string[]>;
  /** Every row that an import may touch, so that "nothing changed" means nothing at all. */
  everything(): Promise<unknown>;
  shown(handle: string): Promise<Shown>;
  /** Takes everything out again. */
  clear(): Promise<void>;
}

/** What became of a product, in one piece. */
export interface Shown {
  handle: string;
  state: string;
  name: string;
  html: string;
  brand: string | null;
  variants: {
    sku: string;
    labels: string[] | null;
    grams: number;
    amount: number;
    was: number | null;
    stock: number | null;
  }[];
  images: { source: string; image: string | null; alt: string }[];
}
async function findShown(db: Db, handle: string): Promise<Shown> {
  const { rows } = await db.raw<{ rows: Shown[] }>(
    `select p.import_handle as handle, p.state, t.name, t.description_html as html, b.code as brand,
            (select json_agg(json_build_object('sku', v.sku, 'grams', v.weight_grams, 'amount', pr.amount,
                      'was', pr.compare_at, 'stock', s.on_hand,
                      'labels', (select json_agg(ov.label ->> 'en' order by o.position)
                                   from variant_values vv join options o on o.id = vv.option_id
                                   join option_values ov on ov.id = vv.value_id where vv.variant_id = v.id))
                    order by v.position)
               from variants v left join prices pr on pr.variant_id = v.id left join stock s on s.variant_id = v.id
              where v.product_id = p.id and v.active) as variants,
            (select json_agg(json_build_object('source', i.source_url, 'image', i.image_id, 'alt', i.alt ->> 'en')
                    order by i.position)
               from product_images i where i.product_id = p.id) as images
       from products p join product_translations t on t.product_id = p.id and t.locale = 'en'
       left join brands b on b.id = p.brand_id
      where p.import_handle = ?`,
    [handle],
  );
  return rows[0]!;
}

const TABLES = [
  'products',
  'product_translations',
  'options',
  'option_values',
  'variants',
  'variant_values',
  'prices',
  'product_images',
  'stock',
  'stock_movements',
  'brands',
  'images',
  'former_slugs',
];

export async function openImportDesk(): Promise<ImportDesk> {
  const database = await testDatabase();
  const { db } = database;
  return {
    database,
    db,
    async run(text, override = {}) {
      const request: ImportRequest = {
        file: Buffer.from(text),
        fileName: 'shop.csv',
        currency: 'USD',
        dryRun: false,
        imagesDir: null,
        now: new Date('2026-11-20T08:00:00Z'),
        ...override,
      };
      const lines: string[] = [];
      const result = await importShopify(db, request, outcome => lines.push(...outcomeLines(outcome)));
      return [...lines, ...summaryLines(request, result)];
    },
    everything: () =>
      Promise.all(
        TABLES.map(async table => ({ table, rows: await db(table).orderByRaw('1, 2').select<unknown[]>() })),
      ),
    shown: handle => findShown(db, handle),
    async clear() {
      // Rows, not `truncate`: with a handful of them that is ten times as quick.
      const tables = ['stock_movements', 'products', 'former_slugs', 'brands', 'categories', 'images'];
      // The ledger refuses to lose rows, also here: its lock is taken off for a moment, as only the schema's owner can.
      await db.raw('alter table stock_movements disable trigger kept');
      for (const table of tables) await db(table).delete();
      await db.raw('alter table stock_movements enable trigger kept');
    },
  };
}
