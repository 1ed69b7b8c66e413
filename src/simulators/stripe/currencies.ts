// The simulator has its own table, taken from Stripe's documentation: borrowing the store's would hide its mistakes.
const ZERO_DECIMAL = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const THREE_DECIMAL = 'bhd jod kwd omr tnd'.split(' ');

/** The least that can be charged, in the smallest unit; currencies without a published minimum are missing. */
const MINIMUM: Record<string, number> = {
  aud: 50,
  cad: 50,
  chf: 50,
  eur: 50,
  gbp: 30,
  jpy: 50,
  krw: 50,
  usd: 50,
};

export function minimumCharge(currency: string): number {
  return MINIMUM[currency] ?? 1;
}

/** Whether Stripe takes the currency at all; the simulator goes by what `Intl` knows. */
export function isChargeable(currency: string): boolean {
  return /^[a-z]{3}$/.test(currency) && Intl.supportedValuesOf('currency').includes(currency.toUpperCase());
}

/** What the hosted page shows. */
export function formatAmount(amount: number, currency: string, language: string): string {
  const digits = ZERO_DECIMAL.includes(currency) ? 0 : THREE_DECIMAL.includes(currency) ? 3 : 2;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits);
}
