import { readId } from '../../web/index.js';
import type { RequestHandler } from 'express';
import { NotFound } from '../../lib/errors.js';
import {
  countOpenNotices,
  handleNotice,
  listOpenNotices,
  type HandleResult,
} from '../../notifications/index.js';
import { inTransaction, refuse } from '../../platform/db.js';
import { countOpenReturns } from '../../returns/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { may } from '../rules.js';
import { countWork } from './queries.js';
import { homeView } from './views.js';

const NOTICES = 20;

export function homeHandlers({ db, answer, now }: AdminDeps): Record<'show' | 'handle', RequestHandler> {
  return {
    async show(req, res) {
      const { t, locale, staff } = res.locals;
      const [work, returns, notices, open] = await Promise.all([
        countWork(db),
        countOpenReturns(db),
        listOpenNotices(db, { limit: NOTICES }),
        countOpenNotices(db),
      ]);
      answer.page(req, res, {
        view: 'admin/home/show',
        head: { title: t('admin.home.title'), noindex: true },
        data: {
          home: homeView({
            work: { ...work, returnsToDecide: returns.requested, returnsAwaited: returns.accepted },
            notices,
            open,
            t,
            locale,
            mayHandle: may(staff!.role, 'notices.handle'),
          }),
        },
      });
    },

    async handle(req, res) {
      const noticeId = readId(req.params.notice);
      if (noticeId === null) throw new NotFound();
      const { actor, by } = actorOf(res);
      const at = now();
      const result = await inTransaction<HandleResult>(db, async tx => {
        const handled = await handleNotice(tx, { noticeId, actor, now: at });
        if (!handled.ok) refuse(handled);
        if (!handled.already)
          await recordStaffAction(tx, {
            by,
            action: 'notice.handle',
            subject: `notice:${noticeId}`,
            now: at,
          });
        return handled;
      });
      if (!result.ok) throw new NotFound();
      answer.redirect(req, res, '/admin#notices', { kind: 'done', key: 'admin.home.handled' });
    },
  };
}
