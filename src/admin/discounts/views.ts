import type { Amounts, DiscountUse } from '../../discounts/index.js';
import { localize, type Locale } from '../../lib/locale.js';
import { CURRENCIES, formatMoney, money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';

export interface DiscountRow {
  href: string;
  name: string;
  nameLang: Locale;
  code: string | null;
  kind: DiscountUse['kind'];
  /** What it takes off, in figures: "10 %", "$15.00 / ₩20,000", "2 + 1". */
  worth: string;
  minimum: string;
  position: number;
  starts: string | null;
  ends: string | null;
  claimed: number;
  redeemed: number;
  limit: number | null;
  disabled: boolean;
}

const amounts = (given: Amounts, locale: Locale): string =>
  CURRENCIES.flatMap(currency => {
    const units = given[currency];
    return units === undefined ? [] : [formatMoney(money(units, currency), locale)];
  }).join(' / ');

function worthOf(discount: DiscountUse, locale: Locale): string {
  const percent = `${discount.rateBp / 100} %`;
  switch (discount.kind) {
    case 'percent':
      return percent;
    case 'amount':
      return amounts(discount.amounts, locale);
    case 'buy_get':
      return `${discount.buy} + ${discount.get}, ${percent}`;
    case 'free_delivery':
      return '';
  }
}

export function discountRow(discount: DiscountUse, locale: Locale): DiscountRow {
  const name = localize(discount.name, locale);
  return {
    href: `/admin/discounts/${discount.id}`,
    name: name.text,
    nameLang: name.lang,
    code: discount.code,
    kind: discount.kind,
    worth: worthOf(discount, locale),
    minimum: amounts(discount.minimums, locale),
    position: discount.position,
    starts: discount.startsAt && formatMoment(discount.startsAt, locale),
    ends: discount.endsAt && formatMoment(discount.endsAt, locale),
    claimed: discount.claimed,
    redeemed: discount.redeemed,
    limit: discount.limitTotal,
    disabled: discount.disabledAt !== null,
  };
}
