import type { Moves } from '../lib/moves.js';
import { DAY, type CalendarDate } from '../lib/time.js';

/** `withdrawal`: the buyer needs no reason and no consent. `return`: something is wrong with the goods, staff decide. */
export type ReturnKind = 'withdrawal' | 'return';

export type ReturnState =
  | 'requested' // staff have to decide
  | 'accepted' // the goods are to come back
  | 'refused' // with words
  | 'received' // the goods are here, their money goes back
  | 'closed'; // the goods never came

export const RETURN_MOVES: Moves<ReturnState> = {
  requested: ['accepted', 'refused', 'closed'],
  accepted: ['received', 'closed'],
  refused: [],
  received: [],
  closed: [],
};

export const REASONS = ['damaged', 'wrong_item', 'not_as_described', 'other'] as const;
export type Reason = (typeof REASONS)[number];

/** Returns whose pieces are on their way, or may be soon: nobody else can send them back. */
export const OPEN_STATES: readonly ReturnState[] = ['requested', 'accepted'];

interface Period {
  /** Days in which a purchase can be withdrawn from, counted from the day after the last parcel arrived. */
  days: number;
  /** Months in which goods that are not as advertised can be sent back. */
  months: number;
  /** Whose midnight ends the last day: of several the one that comes last, for the buyer's good. */
  timeZone: string;
}

/** The law of the buyer's country where it is known, in one place: change it here. Everybody else has `ELSEWHERE`. */
const PERIODS: Readonly<Record<string, Partial<Period>>> = {
  KR: { days: 7, months: 3, timeZone: 'Asia/Seoul' },
  UZ: { timeZone: 'Asia/Tashkent' },
  JP: { timeZone: 'Asia/Tokyo' },
  CN: { timeZone: 'Asia/Shanghai' },
  HK: { timeZone: 'Asia/Hong_Kong' },
  TW: { timeZone: 'Asia/Taipei' },
  SG: { timeZone: 'Asia/Singapore' },
  MY: { timeZone: 'Asia/Kuala_Lumpur' },
  TH: { timeZone: 'Asia/Bangkok' },
  VN: { timeZone: 'Asia/Ho_Chi_Minh' },
  IN: { timeZone: 'Asia/Kolkata' },
  AE: { timeZone: 'Asia/Dubai' },
  TR: { timeZone: 'Europe/Istanbul' },
  KZ: { timeZone: 'Asia/Almaty' },
  KG: { timeZone: 'Asia/Bishkek' },
  TJ: { timeZone: 'Asia/Dushanbe' },
  GB: { timeZone: 'Europe/London' },
  IE: { timeZone: 'Europe/Dublin' },
  PT: { timeZone: 'Atlantic/Azores' },
  ES: { timeZone: 'Atlantic/Canary' },
  FR: { timeZone: 'Europe/Paris' },
  DE: { timeZone: 'Europe/Berlin' },
  NL: { timeZone: 'Europe/Amsterdam' },
  BE: { timeZone: 'Europe/Brussels' },
  AT: { timeZone: 'Europe/Vienna' },
  CH: { timeZone: 'Europe/Zurich' },
  IT: { timeZone: 'Europe/Rome' },
  PL: { timeZone: 'Europe/Warsaw' },
  CZ: { timeZone: 'Europe/Prague' },
  SE: { timeZone: 'Europe/Stockholm' },
  DK: { timeZone: 'Europe/Copenhagen' },
  NO: { timeZone: 'Europe/Oslo' },
  FI: { timeZone: 'Europe/Helsinki' },
  US: { timeZone: 'Pacific/Honolulu' },
  CA: { timeZone: 'America/Vancouver' },
  AU: { timeZone: 'Australia/Perth' },
  NZ: { timeZone: 'Pacific/Auckland' },
};
/** The last inhabited midnight on earth: nobody is told "too late" by a clock that is not theirs. */
const ELSEWHERE: Period = { days: 14, months: 24, timeZone: 'Pacific/Pago_Pago' };

const periodOf = (country: string): Period => ({ ...ELSEWHERE, ...PERIODS[country] });

/** The day a moment falls on in a time zone. */
const dayIn = (at: Date, timeZone: string): CalendarDate => at.toLocaleDateString('sv-SE', { timeZone });

const atNoon = (day: CalendarDate): Date => new Date(`${day}T12:00:00Z`);
const isWeekend = (day: CalendarDate): boolean => [0, 6].includes(atNoon(day).getUTCDay());
const plusDays = (day: CalendarDate, days: number): CalendarDate =>
  new Date(atNoon(day).getTime() + days * DAY).toISOString().slice(0, 10);

/** The same day so many months later; the last of a shorter month. */
function plusMonths(day: CalendarDate, months: number): CalendarDate {
  const at = atNoon(day);
  const wanted = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months + 1, 0);
  at.setUTCDate(Math.min(wanted, at.getUTCDate()));
  return at.toISOString().slice(0, 10);
}

/** A period that would end at a weekend ends on the Monday after it. */
function afterWeekend(day: CalendarDate): CalendarDate {
  return isWeekend(day) ? afterWeekend(plusDays(day, 1)) : day;
}

/**
 * The last day on which a return of this kind can be asked for, by the calendar of the buyer's country. The day of delivery
 * itself does not count.
 */
export function lastDay(kind: ReturnKind, country: string, deliveredAt: Date): CalendarDate {
  const { days, months, timeZone } = periodOf(country);
  const arrived = dayIn(deliveredAt, timeZone);
  return afterWeekend(kind === 'withdrawal' ? plusDays(arrived, days) : plusMonths(arrived, months));
}

/** Whether it is not too late. Nothing runs before the last parcel has arrived. */
export function isInTime(kind: ReturnKind, country: string, deliveredAt: Date | null, now: Date): boolean {
  if (deliveredAt === null) return true;
  return dayIn(now, periodOf(country).timeZone) <= lastDay(kind, country, deliveredAt);
}

/** Pieces of an order's line, and how many of them are on their way back. */
export interface HeldLine {
  orderLineId: number;
  shippedQuantity: number;
  refundedQuantity: number;
  canceledQuantity: number;
  /** In returns that are open. */
  returningQuantity: number;
}

/** Pieces the buyer has and nobody sends back yet: what left, less what was refunded of it. */
export const piecesToReturn = (line: HeldLine): number =>
  Math.max(
    0,
    line.shippedQuantity - (line.refundedQuantity - line.canceledQuantity) - line.returningQuantity,
  );

/** How many of a line somebody wants to send back. */
export interface ReturnLine {
  orderLineId: number;
  quantity: number;
}

/** Why these pieces cannot be sent back; null when they can. */
export function returnProblem(
  wanted: readonly ReturnLine[],
  lines: readonly HeldLine[],
): 'nothing' | 'too-many' | null {
  if (wanted.length === 0) return 'nothing';
  const seen = new Set<number>();
  for (const { orderLineId, quantity } of wanted) {
    const line = lines.find(candidate => candidate.orderLineId === orderLineId);
    if (!line || seen.has(orderLineId) || !Number.isSafeInteger(quantity) || quantity < 1) return 'too-many';
    if (quantity > piecesToReturn(line)) return 'too-many';
    seen.add(orderLineId);
  }
  return null;
}

export const MOST_PHOTOS = 4;
export const PHOTO_BYTES = 10 * 1024 * 1024;
export const NOTE_LENGTH = 2_000;
