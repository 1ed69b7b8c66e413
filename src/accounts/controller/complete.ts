import type { Request, RequestHandler, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { errorTexts, localePath, saveSession, type FieldError, type Flash } from '../../web/index.js';
import { registerArrival } from '../actions/arrivals.js';
import { countTry } from '../actions/throttle.js';
import { dropArrival, findArrival, type Waiting } from '../arrivals.js';
import type { AccountsDeps } from '../deps.js';
import { letterTry } from '../known-browser.js';
import type { Arrival } from '../providers/arrival.js';
import { readCompletion, typedRegistration, type TypedRegistration } from '../registration-form.js';
import { YOUNGEST } from '../rules.js';
import { enterBy } from './arrive.js';
import { tooYoung } from './too-young.js';

const PAGE = '/register/complete';

/** Registering with a provider: what it cannot say is asked before anything is stored. */
export function completeHandlers(deps: AccountsDeps): Record<'form' | 'complete' | 'sent', RequestHandler> {
  const { db, answer, afterVerified, now } = deps;

  const page = (
    req: Request,
    res: Response,
    { arrival }: Waiting,
    { typed, errors: found = [] }: { typed: TypedRegistration; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    res.set('Cache-Control', 'no-store');
    answer.page(req, res, {
      view: 'accounts/register-complete',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.complete.title'), path: PAGE, noindex: true },
      data: { provider: arrival.provider, address: addressOf(arrival), typed, errors, years: YOUNGEST },
    });
  };

  const stale = (req: Request, res: Response) =>
    answer.redirect(req, res, localePath(res.locals.locale, '/sign-in'), tooLate);

  return {
    form(req, res) {
      const { viewer, locale } = res.locals;
      const waiting = findArrival(req, now());
      if (!waiting) return stale(req, res);
      // Whoever is signed in adds it to their account instead.
      if (viewer) return answer.redirect(req, res, localePath(locale, '/account/identities/new'));
      const { name, email } = waiting.arrival;
      page(req, res, waiting, { typed: { ...typedRegistration({}), name, email: email ?? '' } });
    },

    async complete(req, res) {
      const { locale } = res.locals;
      const waiting = findArrival(req, now());
      if (!waiting) return stale(req, res);
      const { arrival, back } = waiting;
      const read = readCompletion(req.body, { email: addressOf(arrival) });
      if (!read.ok && read.reason === 'too-young') {
        dropArrival(req);
        await saveSession(req);
        return tooYoung(answer, req, res);
      }
      if (!read.ok)
        return page(req, res, waiting, { typed: typedRegistration(req.body), errors: read.errors });
      if (addressOf(arrival) === null) await countTry(db, letterTry(req, read.value.email), { now: now() });
      const registration = { ...read.value, locale };
      const completed = await inTransaction(db, tx =>
        registerArrival(tx, { arrival, registration, afterVerified, now: now() }),
      );
      if (completed.ok) return await enterBy(deps, req, res, { userId: completed.userId, arrival, back });
      const next = completed.reason === 'letter' ? `${PAGE}/sent` : PAGE;
      answer.redirect(req, res, localePath(locale, next));
    },

    sent(req, res) {
      const { t } = res.locals;
      answer.page(req, res, {
        view: 'accounts/letter-sent',
        head: { title: t('accounts.complete.sent.title'), noindex: true },
        data: { sentences: 'accounts.complete.sent', again: PAGE },
      });
    },
  };
}

/** The address that need not be asked for, because the provider answers for it. */
const addressOf = ({ vouched, email }: Arrival): string | null => (vouched ? email : null);

const tooLate: Flash = { kind: 'problem', key: 'accounts.complete.stale' };
