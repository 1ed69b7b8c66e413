export const CARRIERS = [
  'cj',
  'hanjin',
  'lotte',
  'korea_post',
  'dhl',
  'fedex',
  'ups',
  'uzpost',
  'other',
] as const;
export type Carrier = (typeof CARRIERS)[number];

export const isCarrier = (text: unknown): text is Carrier => CARRIERS.some(carrier => carrier === text);

interface CarrierFacts {
  /** What its numbers look like without blanks and hyphens. Loose: it catches a slip of the hand, no more. */
  number: RegExp;
  /** The carrier's own public page about a parcel; null where there is none. */
  page: ((number: string) => string) | null;
}

/** An international postal number, such as EE123456789KR. */
const POSTAL = /^[A-Z]{2}\d{9}[A-Z]{2}$/;

/** Numbers are of letters and digits only (`readTrackingNumber`), so they stand in an address as they are. */
const FACTS: Readonly<Record<Carrier, CarrierFacts>> = {
  cj: {
    number: /^\d{10,12}$/,
    page: number => `https://trace.cjlogistics.com/next/tracking.html?wblNo=${number}`,
  },
  hanjin: {
    number: /^\d{10,14}$/,
    page: number =>
      `https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2=${number}`,
  },
  lotte: {
    number: /^\d{10,13}$/,
    page: number => `https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo=${number}`,
  },
  korea_post: {
    number: /^(\d{13}|[A-Z]{2}\d{9}[A-Z]{2})$/,
    // Parcels abroad (EMS) have a page of their own.
    page: number =>
      POSTAL.test(number)
        ? `https://service.epost.go.kr/trace.RetrieveEmsRigiTraceList.comm?POST_CODE=${number}`
        : `https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1=${number}`,
  },
  dhl: {
    number: /^[A-Z0-9]{8,39}$/,
    page: number => `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${number}`,
  },
  fedex: {
    number: /^\d{12,34}$/,
    page: number => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
  },
  ups: {
    number: /^(1Z[A-Z0-9]{16}|[A-Z0-9]{9,26})$/,
    page: number => `https://www.ups.com/track?tracknum=${number}`,
  },
  // Its site documents no address that takes a number: the reader enters it there.
  uzpost: { number: /^([A-Z]{2}\d{9}[A-Z]{2}|\d{8,20})$/, page: () => 'https://uz.post/' },
  other: { number: /^[A-Z0-9]{4,40}$/, page: null },
};

/** A tracking number as people type or paste it (blanks, hyphens, small letters); null when it cannot be one. */
export function readTrackingNumber(text: string): string | null {
  const number = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return /^[A-Z0-9]{4,40}$/.test(number) ? number : null;
}

/** Whether `number` (as `readTrackingNumber` returns it) looks like one of this carrier's. */
export const fitsCarrier = (carrier: Carrier, number: string): boolean => FACTS[carrier].number.test(number);

/** Who brings something ourselves or by a van gives no number. All others do. */
export const needsNumber = (carrier: Carrier): boolean => carrier !== 'other';

/** The carrier's own page about a parcel, always https and always the carrier's host; null when it has none. */
export function carrierPage(carrier: Carrier | null, number: string | null): string | null {
  if (carrier === null || number === null || !fitsCarrier(carrier, number)) return null;
  return FACTS[carrier].page?.(number) ?? null;
}

export type DispatchRead =
  | { ok: true; carrier: Carrier; trackingNumber: string | null }
  | { ok: false; field: 'carrier' | 'tracking_number'; reason: 'missing' | 'unfit' };

/** Carrier and number as a form gives them. */
export function readDispatch(carrier: string, number: string): DispatchRead {
  if (!isCarrier(carrier)) return { ok: false, field: 'carrier', reason: 'missing' };
  if (number.trim() === '') {
    if (needsNumber(carrier)) return { ok: false, field: 'tracking_number', reason: 'missing' };
    return { ok: true, carrier, trackingNumber: null };
  }
  const trackingNumber = readTrackingNumber(number);
  if (!trackingNumber || !fitsCarrier(carrier, trackingNumber))
    return { ok: false, field: 'tracking_number', reason: 'unfit' };
  return { ok: true, carrier, trackingNumber };
}
