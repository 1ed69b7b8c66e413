import type { Request, RequestHandler, Response } from 'express';
import { isLocale, DEFAULT_LOCALE, type Locale } from '../../lib/locale.js';
import { inTransaction } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import { isConfirmed, localeContext, localePath, typedFields } from '../../web/index.js';
import { addIdentity, confirmByProvider } from '../actions/identities.js';
import type { AccountsDeps } from '../deps.js';
import { placeAfter } from '../enter.js';
import type { Arrival, Provider } from '../providers/arrival.js';
import { endTrip, findTrip, type Purpose, type Trip } from '../providers/slots.js';
import { arrive } from './arrive.js';

const PURPOSES: readonly Purpose[] = ['sign-in', 'link', 'confirm'];

/** What went wrong, as the flash says it. */
type Problem = 'canceled' | 'stale' | 'failed' | 'closed' | 'taken' | 'other-person' | 'signed-out';

/**
 * The way to a provider and back. These pages have no language in their address, because the provider knows their address to
 * the letter: it is read from the link, then from the cookie, and comes back from the session.
 */
export function providerHandlers(
  deps: AccountsDeps,
  provider: Provider,
): Record<'leave' | 'comeBack', RequestHandler> {
  const { db, answer, cookies, providers, leaveLimit, now } = deps;

  const speak = (req: Request, res: Response, locale: Locale) =>
    localeContext(locale, cookies)(req, res, () => undefined);
  const spoken = (req: Request): Locale => {
    const cookie = cookies.read(req, 'language');
    return isLocale(req.query.lang) ? req.query.lang : isLocale(cookie) ? cookie : DEFAULT_LOCALE;
  };

  /** Back to where the trip began, with a word: there is a way on from each. */
  const turnBack = (
    req: Request,
    res: Response,
    trip: Pick<Trip, 'purpose' | 'back'> | null,
    problem: Problem,
  ) => {
    const { locale } = res.locals;
    const query = trip?.back ? `?return_to=${encodeURIComponent(trip.back)}` : '';
    const places: Record<Purpose, string> = {
      'sign-in': `/sign-in${query}`,
      link: '/account/identities',
      confirm: `/sign-in/confirmation${query}`,
    };
    answer.redirect(req, res, localePath(locale, places[trip?.purpose ?? 'sign-in']), {
      kind: 'problem',
      key: `accounts.provider.flash.${problem}`,
      values: { provider: res.locals.t(`accounts.provider.name.${provider}`) },
    });
  };

  /** Why a trip for somebody who is signed in may not begin; null when it may. */
  function hindrance(req: Request, res: Response, purpose: Purpose): string | null {
    const { viewer, locale } = res.locals;
    const page = localePath(locale, '/account/identities');
    if (!viewer) return localePath(locale, `/sign-in?return_to=${encodeURIComponent(page)}`);
    // Another site's link must not add a way in to anybody's account.
    if (['cross-site', 'same-site'].includes(req.get('sec-fetch-site') ?? '')) return page;
    if (purpose === 'link' && !isConfirmed(viewer, now()))
      return localePath(locale, `/sign-in/confirmation?return_to=${encodeURIComponent(page)}`);
    return null;
  }

  async function comeHome(
    req: Request,
    res: Response,
    trip: Trip,
    arrival: Arrival,
  ): Promise<Problem | null> {
    const { viewer, locale } = res.locals;
    if (trip.purpose === 'sign-in') return await arrive(deps, req, res, { arrival, back: trip.back });
    if (!viewer || viewer.signInId !== trip.signInId) return 'signed-out';
    const { userId, signInId } = viewer;
    if (trip.purpose === 'confirm') {
      const same = await inTransaction(db, tx =>
        confirmByProvider(tx, { userId, signInId, arrival, now: now() }),
      );
      if (!same) return 'other-person';
      answer.redirect(req, res, placeAfter(trip.back, { locale, role: viewer.role }));
      return null;
    }
    const added = await inTransaction(db, tx => addIdentity(tx, { userId, arrival, now: now() }));
    if (!added.ok && added.reason === 'taken') return 'taken';
    answer.redirect(req, res, localePath(locale, '/account/identities'), {
      kind: 'done',
      key: `accounts.provider.flash.${added.ok ? 'added' : 'yours'}`,
      values: { provider: res.locals.t(`accounts.provider.name.${provider}`) },
    });
    return null;
  }

  return {
    async leave(req, res) {
      speak(req, res, spoken(req));
      // Passport would take these for a way back.
      if (req.query.code !== undefined || req.query.error !== undefined)
        return turnBack(req, res, null, 'stale');
      const asked = typedFields(req.query, ['purpose', 'return_to']);
      const purpose = PURPOSES.find(known => known === asked.purpose) ?? 'sign-in';
      const elsewhere = purpose === 'sign-in' ? null : hindrance(req, res, purpose);
      if (elsewhere) return answer.redirect(req, res, elsewhere);
      // Each trip is kept in a session, also of visitors who never come back.
      await leaveLimit.count(`ip:${req.ip}`);
      const trip: Trip = {
        provider,
        purpose,
        locale: res.locals.locale,
        back: asked.return_to.slice(0, 500),
        signInId: purpose === 'sign-in' ? null : res.locals.viewer!.signInId,
      };
      res.set('Cache-Control', 'no-store');
      await providers.leave(req, res, trip, { again: purpose === 'confirm' });
    },

    async comeBack(req, res) {
      const { state, code, error } = req.query;
      const trip = findTrip(req, provider, state, now());
      speak(req, res, trip?.locale ?? spoken(req));
      res.set('Cache-Control', 'no-store');
      // Without this, passport would start a new sign-in for whoever opens the bare address.
      if (error !== undefined || typeof code !== 'string' || code === '') {
        await endTrip(req, state);
        const problem = error === 'access_denied' ? 'canceled' : 'failed';
        return turnBack(req, res, trip, trip ? problem : 'stale');
      }
      const returned = await providers.take(req, res, provider);
      if (returned.ok && trip) {
        const problem = await comeHome(req, res, trip, returned.arrival);
        return problem ? turnBack(req, res, trip, problem) : undefined;
      }
      const detail = returned.ok ? 'no such trip' : returned.detail;
      log.warn('provider sign-in failed', { request: res.locals.requestId, provider, detail });
      turnBack(req, res, trip, trip ? 'failed' : 'stale');
    },
  };
}
