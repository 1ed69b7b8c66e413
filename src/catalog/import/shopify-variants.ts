import type { Currency } from '../../lib/money.js';
import type { OptionDraft } from '../product-draft.js';
import type { Problems } from './problems.js';
import type { FileRow } from './shopify-file.js';
import { readOptions } from './shopify-options.js';
import { readGrams, readPicture, readPrice, readStock, type ImportedPrice } from './shopify-values.js';

export interface ImportedVariant {
  row: number;
  sku: string;
  values: Record<string, string>;
  grams: number;
  price: ImportedPrice;
  /** Null when the file does not say. */
  quantity: number | null;
  picture: string | null;
}

export interface ReadSettings {
  currency: Currency;
  /** Whether pictures may be file names. */
  fileNames: boolean;
}

const FIELDS = [
  'sku',
  'price',
  'compareAt',
  'quantity',
  'option1Value',
  'option2Value',
  'option3Value',
] as const;
const LONGEST_SKU = 255;

/** Rows without any of these only bring one more picture. */
const saysVariant = ({ cells }: FileRow) => FIELDS.some(field => cells[field] !== '');

/** The options and variants of a product whose own row is `lead`. */
export function readVariants(
  { handle, lead, rows }: { handle: string; lead: FileRow; rows: readonly FileRow[] },
  settings: ReadSettings,
  problems: Problems,
): { options: OptionDraft[]; variants: ImportedVariant[] } {
  const own = rows.filter(saysVariant);
  const { options, chosen } = readOptions(lead, own.length > 0 ? own : [lead], problems);
  const variants = chosen.map(({ row: { number: row, cells }, values }) => ({
    row,
    sku: cells.sku || derivedSku(handle, Object.values(values)),
    values,
    grams: problems.take(row, readGrams(cells), 0),
    price: problems.take(row, readPrice(cells, settings.currency), { amount: 1, compareAt: null }),
    quantity: problems.take(row, readStock(cells.quantity), null),
    picture: problems.take(row, readPicture(cells.variantImageUrl, settings), null),
  }));
  checkSkus(variants, problems);
  return { options, variants };
}

/** The same at every import: only the handle and the values are in it. */
function derivedSku(handle: string, codes: readonly string[]): string {
  return [handle, ...codes].join('/').toUpperCase();
}

function checkSkus(variants: readonly ImportedVariant[], problems: Problems): void {
  const first = new Map<string, number>();
  for (const { sku, row } of variants) {
    const before = first.get(sku);
    if (before === undefined) first.set(sku, row);
    else problems.add(row, `SKU "${sku}" is that of row ${before} already`);
    if (sku.length > LONGEST_SKU) problems.add(row, `the SKU is longer than ${LONGEST_SKU} characters`);
  }
}
