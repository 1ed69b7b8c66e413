import { addBusinessDays, warehouseDay, warehouseHour, type CalendarDate } from '../../lib/time.js';

/** Days without work, Saturdays and Sundays left out. */
export type Holidays = ReadonlySet<CalendarDate>;

/** Orders of this hour (Korean time) and later leave the warehouse on its next business day. */
export const CUT_OFF_HOUR = 15;

/**
 * The days between which a parcel ordered `now` arrives. It leaves the warehouse on the same business day, after the
 * cut-off hour on the next; the method's days are business days of the destination after that.
 */
export function deliveryDates(
  { minBusinessDays, maxBusinessDays }: { minBusinessDays: number; maxBusinessDays: number },
  { holidays, now }: { holidays: { warehouse: Holidays; destination: Holidays }; now: Date },
): { from: CalendarDate; to: CalendarDate } {
  const today = warehouseDay(now);
  const open = addBusinessDays(today, 0, holidays.warehouse);
  const late = open === today && warehouseHour(now) >= CUT_OFF_HOUR;
  const leaves = late ? addBusinessDays(today, 1, holidays.warehouse) : open;
  return {
    from: addBusinessDays(leaves, minBusinessDays, holidays.destination),
    to: addBusinessDays(leaves, maxBusinessDays, holidays.destination),
  };
}
