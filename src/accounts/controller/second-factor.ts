import type { Request, RequestHandler, Response } from 'express';
import { formatMoment } from '../../lib/time.js';
import { inTransaction } from '../../platform/db.js';
import { isStaffRole } from '../rules.js';
import { errorTexts, localePath, type FieldError, type Flash } from '../../web/index.js';
import {
  beginSecondFactor,
  renewRecoveryCodes,
  switchOffSecondFactor,
  switchOnSecondFactor,
} from '../actions/second-factor.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { readCode, wrongCode } from '../forms.js';
import { newRecoveryCodes, newSecret, plainCode, setupUri, stepOf } from '../one-time-code.js';
import { findSecondFactor } from '../queries/second-factor.js';
import { dropFreshCodes, freshCodesOf, keepFreshCodes, renewSession } from '../session.js';
import { grouped, qrView } from '../views/second-factor.js';

const PAGE = '/account/second-factor';

type Handlers =
  'show' | 'begin' | 'setup' | 'switchOn' | 'switchOff' | 'showCodes' | 'renewCodes' | 'forgetCodes';

/** A second thing to show at signing in: codes of an app, and recovery codes for the day it is lost. */
export function secondFactorHandlers(deps: AccountsDeps): Record<Handlers, RequestHandler> {
  const { db, answer, seal, staffNeedSecondFactor, now } = deps;
  const go = (req: Request, res: Response, path: string, flash?: Flash) =>
    answer.redirect(req, res, localePath(res.locals.locale, path), flash);
  const isRequired = (res: Response) => staffNeedSecondFactor && isStaffRole(res.locals.viewer!.role);

  /** The secret that is being set up, sealed and open; null when there is none. */
  async function findSetup(userId: number): Promise<{ sealed: string; secret: string } | null> {
    const factor = await findSecondFactor(db, { userId });
    const opened = factor && !factor.onAt ? seal.open(factor.secret) : null;
    return opened && { sealed: factor!.secret, secret: opened.text };
  }

  const setupPage = (req: Request, res: Response, secret: string, found: readonly FieldError[] = []) => {
    const { t, viewer, shop } = res.locals;
    const uri = setupUri(secret, { shop: shop.name, email: viewer!.email });
    const errors = errorTexts(t, found);
    answer.page(req, res, {
      view: 'accounts/second-factor-setup',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.secondFactor.setup.title'), path: `${PAGE}/setup`, noindex: true },
      data: { uri, qr: qrView(uri), secret: grouped(secret), errors },
    });
  };

  /** Shows new codes on a page of their own, which may be reloaded until they are kept. */
  const showNew = async (req: Request, res: Response, codes: readonly string[]) => {
    keepFreshCodes(req, seal.close(codes.join(' ')), now());
    await renewSession(req);
    go(req, res, `${PAGE}/recovery-codes`);
  };

  return {
    async show(req, res) {
      const { t, locale, viewer } = res.locals;
      const factor = await findSecondFactor(db, { userId: viewer!.userId });
      answer.page(req, res, {
        view: 'accounts/second-factor',
        head: { title: t('accounts.secondFactor.title'), noindex: true },
        data: {
          on: factor?.onAt ? { since: formatMoment(factor.onAt, locale), codesLeft: factor.codesLeft } : null,
          isRequired: isRequired(res),
        },
      });
    },

    async begin(req, res) {
      const { userId } = res.locals.viewer!;
      const sealed = seal.close(newSecret());
      const begun = await inTransaction(db, tx => beginSecondFactor(tx, { userId, sealed, now: now() }));
      go(req, res, begun ? `${PAGE}/setup` : PAGE);
    },

    async setup(req, res) {
      const setup = await findSetup(res.locals.viewer!.userId);
      if (!setup) return go(req, res, PAGE);
      setupPage(req, res, setup.secret);
    },

    async switchOn(req, res) {
      const { userId, signInId } = res.locals.viewer!;
      const setup = await findSetup(userId);
      if (!setup) return go(req, res, PAGE);
      const read = readCode(req.body);
      if (!read.ok) return setupPage(req, res, setup.secret, read.errors);
      const counted = [{ limit: 'confirmation', of: signInId }] as const;
      await countTry(db, counted, { now: now() });
      const step = stepOf(setup.secret, plainCode(read.value.code), now());
      if (step === null) return setupPage(req, res, setup.secret, wrongCode(false).errors);
      await forgiveTry(db, counted, { now: now() });
      const codes = newRecoveryCodes();
      const { sealed } = setup;
      const on = await inTransaction(db, tx =>
        switchOnSecondFactor(tx, { userId, signInId, sealed, step, codes, now: now() }),
      );
      if (!on) return go(req, res, PAGE);
      await showNew(req, res, codes);
    },

    async switchOff(req, res) {
      if (isRequired(res))
        return go(req, res, PAGE, { kind: 'problem', key: 'accounts.secondFactor.required' });
      const { userId } = res.locals.viewer!;
      await inTransaction(db, tx => switchOffSecondFactor(tx, { userId, now: now() }));
      await dropFreshCodes(req);
      await renewSession(req);
      go(req, res, PAGE, { kind: 'done', key: 'accounts.secondFactor.off' });
    },

    showCodes(req, res) {
      const opened = seal.open(freshCodesOf(req, now()) ?? '');
      if (!opened) return go(req, res, PAGE);
      answer.page(req, res, {
        view: 'accounts/recovery-codes',
        head: { title: res.locals.t('accounts.recoveryCodes.title'), noindex: true },
        data: { codes: opened.text.split(' ') },
      });
    },

    async renewCodes(req, res) {
      const { userId } = res.locals.viewer!;
      const codes = newRecoveryCodes();
      const renewed = await inTransaction(db, tx => renewRecoveryCodes(tx, { userId, codes, now: now() }));
      if (!renewed) return go(req, res, PAGE);
      await showNew(req, res, codes);
    },

    async forgetCodes(req, res) {
      await dropFreshCodes(req);
      go(req, res, PAGE, { kind: 'done', key: 'accounts.recoveryCodes.kept' });
    },
  };
}
