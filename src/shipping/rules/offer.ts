import type { Localized } from '../../lib/locale.js';
import { money, zero, type Currency, type Money } from '../../lib/money.js';
import type { CalendarDate } from '../../lib/time.js';
import { costParts, deliveryCost, takes, type CostParts, type Method, type Pieces } from './cost.js';
import { deliveryDates, type Holidays } from './dates.js';

/** What delivery to one destination is made of, methods in the order they are shown. */
export interface Terms {
  currency: Currency;
  methods: readonly Method[];
  holidays: { warehouse: Holidays; destination: Holidays };
}

/** One way to have these pieces delivered. */
export interface DeliveryOption {
  code: string;
  name: Localized;
  /** Business days from leaving the warehouse. */
  minBusinessDays: number;
  maxBusinessDays: number;
  from: CalendarDate;
  to: CalendarDate;
  /** What delivering goods of this worth (after discounts) costs. Nothing to deliver costs nothing. */
  cost(goods: Money): Money;
  parts(goods: Money): CostParts;
  /**
   * What a promise of free delivery takes off this option: the rate of the cheapest method that is offered, never a
   * surcharge. Free delivery is no free express.
   */
  waivable(goods: Money): Money;
  /** Goods of this much and more are delivered without any cost; null: they never are. */
  freeOver: Money | null;
}

/** Never empty when `ok`. `nowhere`: no method at all goes there; `too-heavy`: none takes these pieces. */
export type DeliveryOffer =
  { ok: true; options: DeliveryOption[] } | { ok: false; reason: 'nowhere' | 'too-heavy' };

/**
 * How these pieces can be delivered. The one function behind product page, cart and checkout: what it costs depends on
 * the goods' worth, which the quote knows, so each option carries its cost as a function of that.
 */
export function offerDelivery(
  terms: Terms | null,
  { pieces, now }: { pieces: readonly Pieces[]; now: Date },
): DeliveryOffer {
  if (!terms || terms.methods.length === 0) return { ok: false, reason: 'nowhere' };
  const { currency, holidays } = terms;
  const methods = terms.methods.filter(method => takes(method, pieces));
  const waivable = (goods: Money) =>
    money(Math.min(...methods.map(method => costParts(method, { pieces, goods }).base.amount)), currency);
  const options = methods.map((method): DeliveryOption => {
    const parts = (goods: Money) => costParts(method, { pieces, goods });
    const { freeOver } = method.rate;
    const { heavy, surcharge } = parts(zero(currency));
    const whollyFree = freeOver !== null && heavy.amount + surcharge.amount === 0;
    return {
      code: method.code,
      name: method.name,
      minBusinessDays: method.minBusinessDays,
      maxBusinessDays: method.maxBusinessDays,
      ...deliveryDates(method, { holidays, now }),
      cost: goods => deliveryCost(method, { pieces, goods }),
      parts,
      waivable,
      freeOver: whollyFree ? money(freeOver, currency) : null,
    };
  });
  return options.length > 0 ? { ok: true, options } : { ok: false, reason: 'too-heavy' };
}
