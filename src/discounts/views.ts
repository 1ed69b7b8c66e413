import { localize, type Locale } from '../lib/locale.js';
import { formatMoney, money, type Currency, type Money } from '../lib/money.js';
import { formatDay } from '../lib/time.js';
import type { Considered } from './consider.js';
import type { Refusal } from './refusal.js';

/** A sentence with its values. */
interface Said {
  key: string;
  values: Record<string, string | number>;
}

export interface DiscountView {
  id: number;
  code: string | null;
  name: string;
  lang: Locale;
  /** What it takes off and of what; null when it does not apply. */
  off: Money | null;
  on: 'goods' | 'delivery' | null;
  /** Why it does not apply, and what would mend that. */
  why: Said | null;
}

/** What became of each discount, in words of `locale`. */
export function discountViews(
  considered: readonly Considered[],
  { currency, locale }: { currency: Currency; locale: Locale },
): DiscountView[] {
  return considered.map(({ id, code, name, outcome }) => ({
    id,
    code,
    name: localize(name, locale).text,
    lang: localize(name, locale).lang,
    off: outcome.applied ? money(outcome.off, currency) : null,
    on: outcome.applied ? outcome.on : null,
    why: outcome.applied ? null : whyNot(outcome, currency, locale),
  }));
}

/** The rule that stands in the way, in words. */
function whyNot(refusal: Refusal, currency: Currency, locale: Locale): Said {
  const say = (values: Said['values'] = {}): Said => ({ key: `discounts.why.${refusal.reason}`, values });
  switch (refusal.reason) {
    case 'not_yet':
      return say({ date: formatDay(new Date(refusal.from), locale) });
    case 'ended':
      // The end itself is over: the last day is the one of the moment before.
      return say({ date: formatDay(new Date(Date.parse(refusal.at) - 1), locale) });
    case 'currency':
      return say({ currency });
    case 'out_of_scope': {
      const names = refusal.scope.map(name => localize(name, locale).text);
      return say({ names: new Intl.ListFormat(locale, { type: 'disjunction' }).format(names) });
    }
    case 'minimum':
      return say({ amount: formatMoney(money(refusal.missing, currency), locale) });
    case 'exclusive':
      return say({ other: localize(refusal.other, locale).text });
    case 'too_few':
      return say({ count: refusal.missing });
    case 'withdrawn':
    case 'used_up':
    case 'not_first':
    case 'used_by_customer':
    case 'sets_only':
    case 'no_effect':
      return say();
  }
}
