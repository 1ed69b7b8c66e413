import { z } from 'zod';
import { readEmail } from '../lib/email.js';
import { isCurrency, parseAmount, type Currency, type Money } from '../lib/money.js';
import { fold } from '../lib/text.js';
import { isTheme, typedFields, type Read, type Theme } from '../web/index.js';
import type { CardFilter } from './queries/filter.js';
import { SORTS, type ListRequest } from './rules.js';

const Q_LENGTH = 100;
const MAX_CHOICES = 20;

const isCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9-]{1,60}$/.test(value);

/** The first text of a parameter that may be repeated or missing. */
const first = z
  .union([
    z.string(),
    z
      .tuple([z.string()])
      .rest(z.unknown())
      .transform(([text]) => text),
  ])
  .catch('');
/** Codes of a checkbox group; what cannot be a code is dropped. */
const codes = z
  .unknown()
  .optional()
  .transform(value =>
    [...new Set((Array.isArray(value) ? value : [value]).filter(isCode))].slice(0, MAX_CHOICES),
  );

const listQuerySchema = z.object({
  q: first,
  category: codes,
  brand: codes,
  in_stock: first,
  price_min: first,
  price_max: first,
  sort: z.enum(SORTS).catch('newest'),
  page: first,
});

/** An amount as people write it in a filter: "1,000", "1 000 000", "$99", "99,50". Null when it is none. */
export function readPrice(text: string, currency: Currency): Money | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s_'’₩￦$]|soʻm|so'm|원/g, '')
    .replace(/,(\d{1,2})$/, '.$1')
    .replaceAll(',', '');
  const amount = parseAmount(plain, currency);
  return amount && amount.amount > 0 ? amount : null;
}

/** Reads a list's query. Whatever cannot be understood counts as not said; turned price bounds change places. */
export function readListQuery(query: object, currency: Currency): { request: ListRequest; page: string } {
  const read = listQuerySchema.parse({ ...query });
  const bounds = [readPrice(read.price_min, currency), readPrice(read.price_max, currency)] as const;
  const [low, high] = bounds;
  const turned = low !== null && high !== null && low.amount > high.amount;
  return {
    request: {
      // Postgres has no NUL in texts.
      q: read.q.replaceAll('\0', '').normalize('NFC').trim().slice(0, Q_LENGTH).trim(),
      categories: read.category,
      brands: read.brand,
      inStock: read.in_stock === '1',
      priceMin: turned ? high : low,
      priceMax: turned ? low : high,
      sort: read.sort,
    },
    page: read.page,
  };
}

const MAX_WORDS = 8;

/** What the database is asked for. */
export function filterOf(request: ListRequest): CardFilter {
  const words = fold(request.q).split(' ').filter(Boolean).slice(0, MAX_WORDS);
  return {
    words,
    categories: request.categories,
    brands: request.brands,
    inStock: request.inStock,
    priceMin: request.priceMin?.amount ?? null,
    priceMax: request.priceMax?.amount ?? null,
  };
}

/** A slug as an address names it; null for what cannot be one (Postgres, too, has no NUL in texts). */
export function readSlug(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 300 && !value.includes('\0') ? value : null;
}

/** The small forms of the frame. Null: nothing we offered, nothing changes. */
export interface Preference<T> {
  value: T | null;
  returnTo: string;
}

function readPreference<T>(
  body: unknown,
  name: string,
  isOne: (value: unknown) => value is T,
): Preference<T> {
  const typed = typedFields(body, [name, 'return_to']);
  const value: unknown = typed[name];
  return { value: isOne(value) ? value : null, returnTo: typed.return_to ?? '' };
}

export const readCurrency = (body: unknown): Preference<Currency> =>
  readPreference(body, 'currency', isCurrency);
export const readTheme = (body: unknown): Preference<Theme> => readPreference(body, 'theme', isTheme);

export const typedStockRequest = (body: unknown): Record<string, string> =>
  typedFields(body, ['variant', 'email']);

/** The address of somebody who waits for a variant. */
export function readStockRequest(typed: Record<string, string>): Read<{ email: string }> {
  const text = typed.email ?? '';
  const email = readEmail(text);
  if (email) return { ok: true, value: { email } };
  const key = text.trim() === '' ? 'storefront.waiting.error.missing' : 'storefront.waiting.error.shape';
  return { ok: false, errors: [{ field: 'email', key }] };
}

/** The token of a letter's link; null for what cannot be one. */
export function readLinkToken(value: unknown): string | null {
  return typeof value === 'string' && /^[\w-]{20,40}$/.test(value) ? value : null;
}
