import type { Request, RequestHandler, Response } from 'express';
import { endSession, isStaffRole } from '../../accounts/index.js';
import { formatDay } from '../../lib/time.js';
import { orderLinks } from '../../orders/index.js';
import { localePath, typedFields } from '../../web/index.js';
import { eraseAccount } from '../actions/erase.js';
import type { MyAccountDeps } from '../deps.js';
import { findKept, listObstacles } from '../queries/erasure.js';

const LONGEST_EMAIL = 320;

/** Leaving for good: what goes, what stays and until when, and the one button. */
export function erasureHandlers({ db, answer, now }: MyAccountDeps) {
  const page = async (req: Request, res: Response, typed: string, error: string | null) => {
    const { locale, t, viewer } = res.locals;
    const { userId, role } = viewer!;
    const kept = await findKept(db, { userId });
    const obstacles = await listObstacles(db, { userId });
    answer.page(req, res, {
      view: 'my-account/erasure',
      status: error === null ? 200 : 422,
      head: { title: t('my-account.erasure.title'), path: '/account/erasure', noindex: true },
      data: {
        typed,
        errors: error === null ? [] : [{ field: 'email', text: t(error) }],
        isStaff: isStaffRole(role),
        kept: { orders: kept.orders, until: kept.until && formatDay(kept.until, locale) },
        obstacles: obstacles.map(({ why, ...order }) => ({
          why,
          number: order.number,
          path: orderLinks(order).page,
        })),
      },
    });
  };

  return {
    show: (req, res) => page(req, res, '', null),

    async erase(req, res) {
      const { locale, viewer } = res.locals;
      const typed = typedFields(req.body, ['email']).email.slice(0, LONGEST_EMAIL);
      const erased = await eraseAccount(db, { userId: viewer!.userId, typed, now: now() });
      if (!erased.ok && erased.reason === 'other-email')
        return await page(req, res, typed, 'my-account.erasure.error.email');
      // The page says what is in the way.
      if (!erased.ok && erased.reason !== 'gone')
        return answer.redirect(req, res, localePath(locale, '/account/erasure'), {
          kind: 'problem',
          key: 'my-account.erasure.notYet',
        });
      await endSession(req);
      answer.redirect(req, res, localePath(locale, '/account-erased'));
    },

    /** For nobody any more: it says no more than that it is done. */
    done(req, res) {
      answer.page(req, res, {
        view: 'my-account/erased',
        head: { title: res.locals.t('my-account.erased.title'), noindex: true },
        data: {},
      });
    },
  } satisfies Record<string, RequestHandler>;
}
