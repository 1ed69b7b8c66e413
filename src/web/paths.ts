import { isLocale, type Locale } from '../lib/locale.js';

/** A path below a locale: `url('ko', '/cart')` is `/ko/cart`. */
export const localePath = (locale: Locale, path: string): string => `/${locale}${path === '/' ? '/' : path}`;

/**
 * Where to go back to, as a form said: a path of this store or `fallback`. Browsers read `\` as `/` and drop tabs and
 * line ends, so anything but plain path characters is refused.
 */
export function safeReturnTo(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || value.length > 500) return fallback;
  return /^\/(?![/\\])[\p{L}\p{N}\-._~!$&()*+,;=:@%/?[\]]*$/u.test(value) ? value : fallback;
}

/** The same page in another language: `/en/cart?x=1` → `/ko/cart?x=1`. */
export function inLocale(path: string, locale: Locale): string {
  const [, first = '', ...rest] = path.split('/');
  const [head = '', query] = first.split('?');
  return isLocale(head)
    ? [`/${locale}`, ...rest].join('/') + (rest.length === 0 && query ? `/?${query}` : '')
    : `/${locale}/`;
}
