/**
 * Money as the store keeps it everywhere: a safe integer in the currency's own smallest unit.
 * KRW has no smaller unit than the won, USD counts cents, UZS counts tiyin (1/100 soʻm).
 */
export const CURRENCIES = ['USD', 'KRW', 'UZS'] as const;
export type Currency = (typeof CURRENCIES)[number];

export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

/** Digits after the point in the smallest unit. Never taken from `Intl`: its idea of UZS differs from the providers'. */
const EXPONENT: Record<Currency, number> = { USD: 2, KRW: 0, UZS: 2 };
/** Digits a shopper sees: tiyin exist on paper only. */
const SHOWN_DIGITS: Record<Currency, number> = { USD: 2, KRW: 0, UZS: 0 };

/** The step that worked-out amounts move in. Nobody is shown a tiyin, so none is made: whole soʻm. */
const STEP: Record<Currency, number> = { USD: 1, KRW: 1, UZS: 100 };

export function isCurrency(value: unknown): value is Currency {
  return CURRENCIES.includes(value as Currency);
}

/** @throws RangeError when `amount` is not a safe integer: a fraction of a won is a bug, not a price. */
export function money(amount: number, currency: Currency): Money {
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`not a whole number of ${currency} units: ${amount}`);
  return { amount, currency };
}

export const zero = (currency: Currency): Money => ({ amount: 0, currency });

function sameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`cannot combine ${a.currency} with ${b.currency}`);
}

export function add(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amount + b.amount, a.currency);
}

export function subtract(a: Money, b: Money): Money {
  sameCurrency(a, b);
  return money(a.amount - b.amount, a.currency);
}

export function multiply(a: Money, count: number): Money {
  return money(a.amount * count, a.currency);
}

export function sum(list: readonly Money[], currency: Currency): Money {
  return list.reduce(add, zero(currency));
}

export function equals(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.amount === b.amount;
}

/**
 * Splits `total` in proportion to `weights` so that the shares add up to it exactly (largest remainder; of equal
 * remainders the earlier share gets the unit). All-zero weights split evenly. Works on BigInt inside, so that
 * total × weight cannot lose a unit.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  if (!Number.isSafeInteger(total)) throw new RangeError(`cannot allocate ${total}`);
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('nothing to allocate to');
    return [];
  }
  if (weights.some(weight => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('weights are whole and ≥ 0');
  if (weights.every(weight => weight === 0))
    return allocate(
      total,
      weights.map(() => 1),
    );
  const sign = total < 0 ? -1n : 1n;
  const size = BigInt(Math.abs(total));
  const whole = weights.reduce((so, weight) => so + BigInt(weight), 0n);
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, share: product / whole, remainder: product % whole };
  });
  let left = size - parts.reduce((so, part) => so + part.share, 0n);
  for (const part of [...parts].sort(
    (a, b) =>
      Number(b.remainder - a.remainder > 0n) - Number(b.remainder - a.remainder < 0n) || a.index - b.index,
  )) {
    if (left === 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map(part => Number(part.share * sign));
}

/**
 * `amount` × `numerator` / `denominator`, rounded half up to the currency's step (cent, won, whole soʻm). The store's one
 * way of taking a part of an amount: percentages and taxes. Works on BigInt inside. For amounts ≥ 0.
 */
export function portion({ amount, currency }: Money, numerator: number, denominator: number): Money {
  const step = BigInt(STEP[currency]);
  const divisor = BigInt(denominator) * step;
  const steps = (2n * BigInt(amount) * BigInt(numerator) + divisor) / (2n * divisor);
  return money(Number(steps * step), currency);
}

/** `allocate` for money: shares are whole steps of the currency wherever the total and all weights are. */
export function share(total: Money, weights: readonly Money[]): Money[] {
  const step = STEP[total.currency];
  const whole = [total, ...weights].every(({ amount }) => amount % step === 0) ? step : 1;
  return allocate(
    total.amount / whole,
    weights.map(({ amount }) => amount / whole),
  ).map(part => money(part * whole, total.currency));
}

/** Reads an amount written in major units ("1299.50") into the smallest unit; null when it does not fit exactly. */
export function parseAmount(text: string, currency: Currency): Money | null {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) return null;
  const digits = EXPONENT[currency];
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const amount = Number(match[1]! + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? { amount, currency } : null;
}

/** The amount in major units as a plain decimal ("1299.50", "1290000"), for structured data and exports. */
export function toDecimal({ amount, currency }: Money): string {
  const digits = EXPONENT[currency];
  if (digits === 0) return String(amount);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  return `${amount < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

/** What a shopper reads, in the words of `locale` ("₩1,290,000", "16 900 000 soʻm"). Only views and letters call it. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const key = `${locale} ${currency}`;
  let format = formatters.get(key);
  if (!format) {
    const digits = SHOWN_DIGITS[currency];
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatters.set(key, format);
  }
  // Intl prints the Uzbek som with whichever apostrophe its data has; the store shows U+02BB only.
  return format.format(amount / 10 ** EXPONENT[currency]).replace(/[‘’ʼ'`]/g, 'ʻ');
}
