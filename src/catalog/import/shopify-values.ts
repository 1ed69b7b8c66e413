import { parseAmount, type Currency } from '../../lib/money.js';
import type { ProductDraft } from '../product-draft.js';
import type { Reading } from './problems.js';

const is = <Value>(value: Value): Reading<Value> => ({ ok: true, value });
const not = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

export interface ImportedPrice {
  amount: number;
  compareAt: number | null;
}

/** A former price counts only when it is higher; Shopify shows it only then. */
export function readPrice(
  { price, compareAt }: { price: string; compareAt: string },
  currency: Currency,
): Reading<ImportedPrice> {
  if (price === '') return not('the price is missing');
  const now = parseAmount(price, currency);
  if (!now) return not(`price "${price}" is not an amount in ${currency}`);
  if (now.amount === 0) return not('the price is 0');
  const before = compareAt === '' ? null : parseAmount(compareAt, currency);
  if (compareAt !== '' && !before)
    return not(`compare-at price "${compareAt}" is not an amount in ${currency}`);
  return is({ amount: now.amount, compareAt: before && before.amount > now.amount ? before.amount : null });
}

/** Pieces in stock; null when the file does not say. */
export function readStock(text: string): Reading<number | null> {
  if (text === '') return is(null);
  const count = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  return count <= 1_000_000 ? is(count) : not(`quantity "${text}" is not a whole number from 0 to 1,000,000`);
}

const GRAMS_PER: Readonly<Record<string, number>> = { g: 1, kg: 1000, lb: 453.59237, oz: 28.349523125 };
const HEAVIEST_GRAMS = 10_000_000;

/** Weight in grams: the column in grams as it is, else a weight in the unit beside it; 0 when there is neither. */
export function readGrams({
  grams,
  weight,
  weightUnit,
}: {
  grams: string;
  weight: string;
  weightUnit: string;
}): Reading<number> {
  const text = grams || weight || '0';
  const perUnit = grams ? 1 : GRAMS_PER[weightUnit.toLowerCase() || 'g'];
  if (perUnit === undefined) return not(`weight unit "${weightUnit}" is not g, kg, lb or oz`);
  const value = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Math.round(Number(text) * perUnit) : NaN;
  return value <= HEAVIEST_GRAMS ? is(value) : not(`weight "${text}" is not a number of at most 10,000 kg`);
}

const YES = new Set(['true', 'yes', '1', '']);
const NO = new Set(['false', 'no', '0']);

/** Empty cells publish, as Shopify reads them. What is sold only to whoever has the link stays a draft here. */
export function readState(published: string, status: string): Reading<ProductDraft['state']> {
  const shown = published.toLowerCase();
  if (!YES.has(shown) && !NO.has(shown)) return not(`published "${published}" is neither TRUE nor FALSE`);
  switch (status.toLowerCase()) {
    case 'archived':
      return is('archived');
    case 'draft':
    case 'unlisted':
      return is('draft');
    case 'active':
    case '':
      return is(NO.has(shown) ? 'draft' : 'active');
    default:
      return not(`status "${status}" is not active, draft, archived or unlisted`);
  }
}

/** A picture's address; a plain file name too when pictures are looked up in a folder. Empty: null. */
export function readPicture(text: string, { fileNames }: { fileNames: boolean }): Reading<string | null> {
  if (text === '') return is(null);
  if (text.length > 2000) return not('the address of a picture is longer than 2000 characters');
  if (URL.canParse(text)) {
    const { protocol } = new URL(text);
    if (protocol === 'http:' || protocol === 'https:') return is(text);
  } else if (fileNames) {
    return is(text);
  }
  return not(`picture "${text.slice(0, 80)}" is not an http or https address`);
}
