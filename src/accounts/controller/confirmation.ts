import type { Request, RequestHandler, Response } from 'express';
import { errorTexts, isConfirmed, typedFields, type FieldError } from '../../web/index.js';
import { isOwnPassword } from '../actions/password.js';
import { takeCode } from '../actions/second-factor.js';
import { confirmSignIn } from '../actions/sign-ins.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { placeAfter } from '../enter.js';
import { isRecovering, readCode, readConfirmation, wrongCode } from '../forms.js';
import { findWaysIn, listProviders } from '../queries/security.js';

/** Showing again who one is, before what could take an account away from its owner. */
export function confirmationHandlers({
  db,
  answer,
  bcryptCost,
  seal,
  now,
}: AccountsDeps): Record<'form' | 'confirm', RequestHandler> {
  const page = async (req: Request, res: Response, back: string, found: readonly FieldError[] = []) => {
    const { t, viewer } = res.locals;
    const { userId } = viewer!;
    const errors = errorTexts(t, found);
    answer.page(req, res, {
      view: 'accounts/confirmation',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.confirmation.title'), path: '/sign-in/confirmation', noindex: true },
      data: {
        back,
        ways: await findWaysIn(db, { userId }),
        providers: await listProviders(db, { userId }),
        errors,
        recovering: isRecovering(req.body),
      },
    });
  };
  const goOn = (req: Request, res: Response, back: string) => {
    const { locale, viewer } = res.locals;
    answer.redirect(req, res, placeAfter(back, { locale, role: viewer!.role }));
  };

  return {
    async form(req, res) {
      const back = typedFields(req.query, ['return_to']).return_to;
      if (isConfirmed(res.locals.viewer!, now())) return goOn(req, res, back);
      await page(req, res, back);
    },

    async confirm(req, res) {
      const back = typedFields(req.body, ['return_to']).return_to;
      const { userId, signInId } = res.locals.viewer!;
      const { hasSecondFactor } = await findWaysIn(db, { userId });
      const read = hasSecondFactor ? readCode(req.body) : readConfirmation(req.body);
      if (!read.ok) return await page(req, res, back, read.errors);
      const counted = [{ limit: 'confirmation', of: signInId }] as const;
      await countTry(db, counted, { now: now() });
      // Where there is a second factor, it is the one thing that a stolen password does not bring along.
      if ('code' in read.value) {
        const taken = await takeCode(db, { userId, typed: read.value, seal, now: now() });
        if (!taken.ok) return await page(req, res, back, wrongCode(isRecovering(req.body)).errors);
      } else if (!(await isOwnPassword(db, { ...read.value, userId, cost: bcryptCost }))) {
        return await page(req, res, back, [{ field: 'password', key: 'accounts.confirmation.wrong' }]);
      }
      await forgiveTry(db, counted, { now: now() });
      await confirmSignIn(db, { signInId, now: now() });
      goOn(req, res, back);
    },
  };
}
