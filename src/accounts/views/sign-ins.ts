import bowser from 'bowser';
import { countryName } from '../../lib/countries.js';
import type { Locale } from '../../lib/locale.js';
import { formatMoment, MINUTE } from '../../lib/time.js';
import type { Via } from '../actions/sign-ins.js';
import type { OpenSignIn } from '../queries/sign-ins.js';

/** A browser's name for people: '' for what its user agent does not say. */
export function browserOf(userAgent: string): { browser: string; system: string } {
  if (!userAgent) return { browser: '', system: '' };
  const { browser, os } = bowser.parse(userAgent);
  return { browser: browser.name ?? '', system: os.name ?? '' };
}

export interface SignInView {
  id: number;
  browser: string;
  system: string;
  /** A country in the reader's language, or ''. */
  place: string;
  via: Via;
  since: string;
  /** When something was last asked from there; null within the last few minutes. */
  seen: string | null;
  isHere: boolean;
}

/** "Seen a moment ago": it is written down once a minute. */
const JUST_NOW_MS = 3 * MINUTE;

export function signInViews(
  signIns: readonly OpenSignIn[],
  { here, locale, now }: { here: number; locale: Locale; now: Date },
): SignInView[] {
  const views = signIns.map(({ id, userAgent, country, via, createdAt, seenAt }) => ({
    id,
    ...browserOf(userAgent),
    place: country ? countryName(country, locale) : '',
    via,
    since: formatMoment(createdAt, locale),
    seen: now.getTime() - seenAt.getTime() < JUST_NOW_MS ? null : formatMoment(seenAt, locale),
    isHere: id === here,
  }));
  return [...views.filter(({ isHere }) => isHere), ...views.filter(({ isHere }) => !isHere)];
}
