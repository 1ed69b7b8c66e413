import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { SECOND } from '../../lib/time.js';
import type { ProviderKeys } from '../../platform/config.js';
import { PROVIDERS, type Arrival, type Provider } from './arrival.js';
import { googleStrategy } from './google.js';
import { kakaoStrategy } from './kakao.js';
import { SlotStore, type Trip } from './slots.js';

/** What became of a browser that came back. Why, in the provider's words, is for the log. */
export type Returned =
  { ok: true; arrival: Arrival } | { ok: false; reason: 'state' | 'provider'; detail: string };

/** The providers that the store has keys for. */
export interface Providers {
  /** In the order they are offered. */
  readonly offered: readonly Provider[];
  /** Sends the browser away. `again`: the provider is to ask who it is, whatever it remembers. */
  leave(req: Request, res: Response, trip: Trip, options: { again: boolean }): Promise<void>;
  /** Takes the code that a browser brought back to the provider, once, and asks who it is. */
  take(req: Request, res: Response, provider: Provider): Promise<Returned>;
}

/** Longer than a provider ever takes; node-oauth by itself waits for ever. */
const ANSWERS_WITHIN_MS = 10 * SECOND;

/** Google has no prompt that asks for the password again; the choice of an account is what there is. */
const AGAIN: Record<Provider, string> = { google: 'select_account', kakao: 'login' };

/** @param keys of each provider; null: it is not offered. `baseUrl` is what the return addresses are made of, never the Host header. */
export function createProviders(
  keys: Readonly<Record<Provider, ProviderKeys | null>>,
  { baseUrl, now }: { baseUrl: string; now: () => Date },
): Providers {
  const place = (provider: Provider) => ({
    callbackUrl: `${baseUrl}/auth/${provider}/callback`,
    store: new SlotStore(provider, now),
  });
  // Only passport's strategies are used: sessions and signing in are ours. They are called by name, since passport gives each
  // request a strategy of its own only then; called as objects, requests would answer one another.
  const desk = new passport.Passport();
  if (keys.google) desk.use('google', googleStrategy(keys.google, place('google')));
  if (keys.kakao) desk.use('kakao', kakaoStrategy(keys.kakao, place('kakao')));
  const run = (req: Request, res: Response, provider: Provider, options: object, done: Done) =>
    (desk.authenticate(provider, { session: false, ...options }, done) as RequestHandler)(req, res, done);
  return {
    offered: PROVIDERS.filter(provider => keys[provider]),
    leave: (req, res, trip, { again }) =>
      new Promise((resolve, reject) => {
        res.once('close', resolve);
        const prompt = again ? { prompt: AGAIN[trip.provider] } : {};
        // As an object: passport-oauth2 hands it to the store and makes up the state itself.
        run(req, res, trip.provider, { state: trip, ...prompt }, error => reject(asError(error)));
      }),
    take: (req, res, provider) =>
      new Promise(resolve => {
        // Too late is too late: an answer after this finds the promise settled.
        const patience = setTimeout(
          () => settle({ ok: false, reason: 'provider', detail: 'no answer' }),
          ANSWERS_WITHIN_MS,
        );
        const settle = (returned: Returned) => {
          clearTimeout(patience);
          resolve(returned);
        };
        run(req, res, provider, {}, (error, arrival) => {
          if (error) settle({ ok: false, reason: 'provider', detail: asError(error).name });
          else if (!arrival) settle({ ok: false, reason: 'state', detail: 'no such trip' });
          else settle({ ok: true, arrival: arrival as Arrival });
        });
      }),
  };
}

type Done = (error: unknown, arrival?: Express.User | false | null) => void;

/** passport-oauth2 throws errors, node-oauth plain objects; both may hold what a provider said of a person. */
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error('provider failed'));
