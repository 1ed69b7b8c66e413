import { zero, type Money } from '../lib/money.js';
import { addBusinessDays, warehouseDay, type CalendarDate } from '../lib/time.js';
import type { DeliveryRate } from './queries.js';

/** What delivering `goods` (their worth after discounts) costs. Nothing to deliver costs nothing. */
export function deliveryCost(rate: DeliveryRate, goods: Money): Money {
  const free = goods.amount === 0 || (rate.freeOver !== null && goods.amount >= rate.freeOver.amount);
  return free ? zero(goods.currency) : rate.amount;
}

/** The days between which a parcel ordered `now` arrives, counted in business days of the warehouse in Korea. */
export function deliveryDates(rate: DeliveryRate, now: Date): { from: CalendarDate; to: CalendarDate } {
  const today = warehouseDay(now);
  return {
    from: addBusinessDays(today, rate.minBusinessDays),
    to: addBusinessDays(today, rate.maxBusinessDays),
  };
}
