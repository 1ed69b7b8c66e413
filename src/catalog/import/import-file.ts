import type { Currency } from '../../lib/money.js';
import type { Db } from '../../platform/db.js';
import { listCategoryNames } from '../queries/products.js';
import { importProduct, type ImportSettings, type Outcome } from './import-product.js';
import { openPictures } from './local-pictures.js';
import type { BadRow } from './problems.js';
import { readShopifyFile } from './shopify-file.js';
import { readProducts, type ImportedProduct, type ReadProduct } from './shopify-products.js';

export interface ImportRequest {
  /** The file's bytes: Shopify's product CSV, of either vocabulary. */
  file: Buffer;
  /** For the history of stock. */
  fileName: string;
  /** What its prices are in. */
  currency: Currency;
  /** Says what would happen and changes nothing. */
  dryRun: boolean;
  /** A folder with pictures under the names that the file's addresses end with; null leaves all as references. */
  imagesDir: string | null;
  now: Date;
}

export type ImportResult =
  | {
      ok: true;
      created: number;
      updated: number;
      unchanged: number;
      bad: number;
      badRows: number;
    }
  /** The file cannot be read at all; nothing was imported. */
  | { ok: false; reason: string };

/**
 * Imports a file product by product, each in a transaction of its own, and tells what became of each in the file's
 * order. The same file a second time changes nothing. Products that the file does not name are left alone.
 * @throws Error when the folder of pictures is not there.
 */
export async function importShopify(
  db: Db,
  request: ImportRequest,
  tell: (outcome: Outcome) => void,
): Promise<ImportResult> {
  const { currency, dryRun, imagesDir, now } = request;
  const file = readShopifyFile(request.file);
  if (!file.ok) return file;
  const settings: ImportSettings = {
    currency,
    dryRun,
    now,
    pictures: imagesDir === null ? null : openPictures(imagesDir),
    categories: await listCategoryNames(db),
    cause: `import of ${request.fileName}`,
  };
  const count = { created: 0, updated: 0, unchanged: 0, bad: 0 };
  let badRows = 0;
  const owners = new Map<string, string>();
  for (const read of readProducts(file.rows, { currency, fileNames: imagesDir !== null })) {
    const outcome = await importOne(db, read, { owners, settings });
    count[outcome.outcome] += 1;
    if (outcome.outcome === 'bad') badRows += new Set(outcome.bad.map(({ row }) => row)).size;
    tell(outcome);
  }
  return { ok: true, ...count, badRows };
}

/** `owners`: whose each SKU of this file is so far. A dry run would not find it in the database. */
async function importOne(
  db: Db,
  read: ReadProduct,
  { owners, settings }: { owners: Map<string, string>; settings: ImportSettings },
): Promise<Outcome> {
  if (!read.ok) return { handle: read.handle, outcome: 'bad', bad: read.bad };
  const { product } = read;
  const bad = repeatedSkus(product, owners);
  if (bad.length > 0) return { handle: product.handle, outcome: 'bad', bad };
  const outcome = await importProduct(db, product, settings);
  if (outcome.outcome !== 'bad') for (const { sku } of product.variants) owners.set(sku, product.handle);
  return outcome;
}

function repeatedSkus({ variants }: ImportedProduct, owners: ReadonlyMap<string, string>): BadRow[] {
  return variants.flatMap(({ sku, row }) => {
    const owner = owners.get(sku);
    return owner === undefined ? [] : [{ row, reason: `SKU "${sku}" belongs to "${owner}" in this file` }];
  });
}
