import { isCurrency, parseAmount, toDecimal } from '../../lib/money.js';
import type { Currency, Money } from '../../lib/money.js';

/**
 * Digits after the point in the amounts Stripe sends and takes. The only such table, used in both directions: it may
 * differ from the store's own smallest unit, and `Intl` knows neither (it says 0 for currencies Stripe counts in cents).
 */
const STRIPE_DIGITS: Record<Currency, number> = { USD: 2, KRW: 0, UZS: 2 };

/** @throws RangeError when the sum has a fraction that Stripe's unit cannot hold: rounding money is a decision, not a format. */
export function toStripeAmount(sum: Money): number {
  const digits = STRIPE_DIGITS[sum.currency];
  const [whole = '', fraction = ''] = toDecimal(sum).split('.');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits)
    throw new RangeError(`Stripe cannot charge ${toDecimal(sum)} ${sum.currency} exactly`);
  return Number(whole + kept.padEnd(digits, '0'));
}

/**
 * Stripe's amount in the store's smallest unit, with the currency in the store's spelling. A currency the store does
 * not know is handed on as it is: it can only end as a mismatch, which is what it should end as.
 */
export function fromStripeAmount(amount: number, currency: string): { amount: number; currency: string } {
  const code = currency.toUpperCase();
  if (!isCurrency(code) || !Number.isSafeInteger(amount) || amount < 0) return { amount, currency: code };
  const digits = STRIPE_DIGITS[code];
  const text = String(amount).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return { amount: parseAmount(decimal, code)?.amount ?? amount, currency: code };
}
