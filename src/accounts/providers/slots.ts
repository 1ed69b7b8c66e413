import { randomBytes } from 'node:crypto';
import { callbackify } from 'node:util';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import type { Locale } from '../../lib/locale.js';
import { MINUTE } from '../../lib/time.js';
import { saveSession } from '../../web/index.js';
import type { Provider } from './arrival.js';

/** What a browser was sent to a provider for. */
export type Purpose =
  /** To come in. */
  | 'sign-in'
  /** To add this way in to the account that is signed in. */
  | 'link'
  /** To show once more who is at the browser. */
  | 'confirm';

/** One trip to a provider, while the browser is away. */
export interface Trip {
  provider: Provider;
  purpose: Purpose;
  /** The language to come back to. */
  locale: Locale;
  /** Where to go on to; checked when it is used. */
  back: string;
  /** The sign-in that asked, where the trip is for one. */
  signInId: number | null;
}

interface Slot {
  trip: Trip;
  /** Of PKCE. */
  verifier: string | null;
  /** Since when, ms. */
  at: number;
}

declare module 'express-session' {
  interface SessionData {
    /** Trips under way, by their state: one slot each, so that several tabs can be away at once. */
    trips: Record<string, Slot>;
  }
}

/** A visitor that never comes back must not fill the session. */
export const MOST_TRIPS = 5;
export const TRIP_LASTS_MS = 10 * MINUTE;

const tripsOf = (req: Request): Record<string, Slot> => (req.session as Partial<SessionData>).trips ?? {};

/** The slot of a state that came back, unless it is none, of another provider, or over. */
function findSlot(req: Request, provider: Provider, state: unknown, now: Date): Slot | null {
  const trips = tripsOf(req);
  const slot = typeof state === 'string' && Object.hasOwn(trips, state) ? trips[state] : undefined;
  if (!slot || slot.trip.provider !== provider) return null;
  return now.getTime() - slot.at < TRIP_LASTS_MS ? slot : null;
}

/** Which trip a browser comes back from; null when this browser was not sent. Looks only. */
export const findTrip = (req: Request, provider: Provider, state: unknown, now: Date): Trip | null =>
  findSlot(req, provider, state, now)?.trip ?? null;

/** Ends a trip: its state is worth nothing from now on. */
export async function endTrip(req: Request, state: unknown): Promise<void> {
  if (typeof state !== 'string' || !Object.hasOwn(tripsOf(req), state)) return;
  const { [state]: _, ...others } = tripsOf(req);
  req.session.trips = others;
  await saveSession(req);
}

type Done<Value> = (error: Error | null, value?: Value) => void;

/**
 * Keeps state and PKCE verifiers for passport-oauth2, one slot a trip: its own store has one slot a provider, so that of two
 * tabs both would fail. Each state is single use and ten minutes old at most. The session is written before the browser
 * leaves, and before the code is spent. passport-oauth2 looks at how many parameters these two take: five and four.
 */
export class SlotStore {
  readonly #provider: Provider;
  readonly #now: () => Date;
  constructor(provider: Provider, now: () => Date) {
    this.#provider = provider;
    this.#now = now;
  }

  store(req: Request, verifier: string | undefined, trip: Trip, _meta: unknown, done: Done<string>): void {
    callbackify(() => this.#keep(req, { trip, verifier: verifier ?? null, at: this.#now().getTime() }))(done);
  }

  verify(req: Request, state: unknown, _meta: unknown, done: Done<string | boolean>): void {
    callbackify(() => this.#take(req, state))(done);
  }

  async #keep(req: Request, slot: Slot): Promise<string> {
    const state = randomBytes(24).toString('base64url');
    const newest = [...Object.entries(tripsOf(req)), [state, slot] as const]
      .toSorted(([, one], [, other]) => other.at - one.at)
      .slice(0, MOST_TRIPS);
    req.session.trips = Object.fromEntries(newest);
    await saveSession(req);
    return state;
  }

  /** The verifier of a state's slot, or true where it has none; false for a state that is none. */
  async #take(req: Request, state: unknown): Promise<string | boolean> {
    const slot = findSlot(req, this.#provider, state, this.#now());
    await endTrip(req, state);
    return slot !== null && (slot.verifier ?? true);
  }
}
