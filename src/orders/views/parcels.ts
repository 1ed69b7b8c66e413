import type { Locale } from '../../lib/locale.js';
import { formatDateRange, warehouseDay } from '../../lib/time.js';
import type { Parcel, TrackedParcel } from '../queries/parcels.js';
import { carrierPage } from '../rules/carriers.js';

/** A parcel as buyer and letters see it. The sentences are `orders.parcel.<state>` and `orders.carrier.<carrier>`. */
export interface ParcelView {
  id: number;
  state: Parcel['state'];
  carrier: string | null;
  trackingNumber: string | null;
  /** The carrier's own page, on its own host; null where it has none. */
  carrierPage: string | null;
  /** Our page about it, below the locale: for whoever waits for it, without whose it is. */
  trackPath: string | null;
  left: string | null;
  arrived: string | null;
  lines: { name: string; variantName: string; quantity: number }[];
}

const dayOf = (at: Date | null, locale: Locale): string | null =>
  at && formatDateRange(warehouseDay(at), warehouseDay(at), locale);

export function parcelView(parcel: Parcel, locale: Locale): ParcelView {
  const { id, state, carrier, trackingNumber, lines } = parcel;
  return {
    id,
    state,
    carrier,
    trackingNumber,
    carrierPage: carrierPage(carrier, trackingNumber),
    trackPath: trackingNumber && `/track/${trackingNumber}`,
    left: dayOf(parcel.shippedAt, locale),
    arrived: dayOf(parcel.deliveredAt, locale),
    lines: lines.map(({ name, variantName, quantity }) => ({ name, variantName, quantity })),
  };
}

/** What `/track` says: nothing of whom or what. */
export function trackedView(
  parcel: TrackedParcel,
  trackingNumber: string,
  locale: Locale,
): Pick<ParcelView, 'state' | 'carrier' | 'carrierPage' | 'left' | 'arrived'> {
  return {
    state: parcel.state,
    carrier: parcel.carrier,
    carrierPage: carrierPage(parcel.carrier, trackingNumber),
    left: dayOf(parcel.shippedAt, locale),
    arrived: dayOf(parcel.deliveredAt, locale),
  };
}
