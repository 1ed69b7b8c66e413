export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A day without a time of day, as `YYYY-MM-DD`. */
export type CalendarDate = string;

export const addMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** The day it is in Korea (UTC+9, no summer time): the warehouse's calendar decides what "today" is. */
export function warehouseDay(now: Date): CalendarDate {
  return addMs(now, 9 * HOUR)
    .toISOString()
    .slice(0, 10);
}

/** The hour of the day (0–23) that it is in Korea. */
export const warehouseHour = (now: Date): number => addMs(now, 9 * HOUR).getUTCHours();

/**
 * `day` plus `count` business days: Monday to Friday without `holidays`. Zero gives `day` itself or the next business
 * day after it.
 */
export function addBusinessDays(
  day: CalendarDate,
  count: number,
  holidays: ReadonlySet<CalendarDate> = new Set(),
): CalendarDate {
  const at = new Date(`${day}T00:00:00Z`);
  const text = () => at.toISOString().slice(0, 10);
  const idle = () => at.getUTCDay() === 0 || at.getUTCDay() === 6 || holidays.has(text());
  const next = () => at.setUTCDate(at.getUTCDate() + 1);
  while (idle()) next();
  for (let left = count; left > 0; left -= 1) {
    next();
    while (idle()) next();
  }
  return text();
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options)));
  return made;
}

/** Uzbek dates with the letter's own apostrophe, and "7-dek" in one piece: its hyphen is no place to break a line. */
const asShown = (words: string): string =>
  words.replace(/[‘’ʼ'`]/g, 'ʻ').replace(/(?<=\d)-(?=\p{L})/gu, '\u2011');

/** "Tue 12 – Thu 14 May" in the words of `locale`; one date when both are the same. */
export function formatDateRange(from: CalendarDate, to: CalendarDate, locale: string): string {
  const days = format(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const text = days.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
  return asShown(text);
}

/** Where a reader's day begins: Korean time for ko, Tashkent time for uz, UTC for en. */
const zoneOf = (locale: string) =>
  locale === 'ko' ? 'Asia/Seoul' : locale === 'uz' ? 'Asia/Tashkent' : 'UTC';

/** The day of a moment as a shopper reads it: "3 May 2027". */
export function formatDay(at: Date, locale: string): string {
  const words = format(locale, { dateStyle: 'long', timeZone: zoneOf(locale) }).format(at);
  return asShown(words);
}

/** A day of some country's calendar as a shopper reads it: "3 May 2027". */
export function formatCalendarDay(day: CalendarDate, locale: string): string {
  const words = format(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return asShown(words);
}

/** A moment as a shopper reads it, in Korean time for ko, Tashkent time for uz and UTC (named) for en. */
export function formatMoment(at: Date, locale: string): string {
  const timeZone = zoneOf(locale);
  const words = format(locale, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(
    at,
  );
  return asShown(locale === 'en' ? `${words} UTC` : words);
}
