import type { RequestHandler } from 'express';
import { findUserToken } from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { formatMoment } from '../../lib/time.js';
import { localePath, type Flash } from '../../web/index.js';
import { askExport } from '../actions/export.js';
import type { MyAccountDeps } from '../deps.js';
import { findExportFile, findNewestExport } from '../queries/export.js';

/** Everything about oneself, as a file. */
export function exportHandlers({ db, answer, exportLimit, now }: MyAccountDeps) {
  return {
    async show(req, res) {
      const { locale, t, viewer } = res.locals;
      const newest = await findNewestExport(db, { userId: viewer!.userId, now: now() });
      answer.page(req, res, {
        view: 'my-account/export',
        head: { title: t('my-account.export.title'), noindex: true },
        data: {
          newest: newest && {
            askedAt: formatMoment(newest.askedAt, locale),
            madeAt: newest.madeAt && formatMoment(newest.madeAt, locale),
            until: newest.expiresAt && formatMoment(newest.expiresAt, locale),
          },
        },
      });
    },

    async ask(req, res) {
      const { locale, viewer } = res.locals;
      const { userId } = viewer!;
      await exportLimit.count(`user:${userId}`);
      const begun = await askExport(db, { userId, locale, now: now() });
      const flash: Flash = {
        kind: 'done',
        key: begun ? 'my-account.export.asked' : 'my-account.export.underWay',
      };
      answer.redirect(req, res, localePath(locale, '/account/export'), flash);
    },

    /** The link of the letter: it opens the file for whoever is signed in as its owner, and for nobody else. */
    async file(req, res) {
      const { userId } = res.locals.viewer!;
      const at = now();
      const link = await findUserToken(db, { token: String(req.params.token), purpose: 'export', now: at });
      const exportId = Number(link?.data.exportId);
      const file =
        link?.userId === userId && Number.isSafeInteger(exportId)
          ? await findExportFile(db, { exportId, userId, now: at })
          : null;
      if (!file) throw new NotFound();
      res.set({
        'Content-Type': 'application/zip',
        'Content-Length': String(file.body.length),
        'Content-Disposition': `attachment; filename="trainium-${file.madeAt.toISOString().slice(0, 10)}.zip"`,
        'Cache-Control': 'private, no-store',
      });
      res.end(file.body);
    },
  } satisfies Record<string, RequestHandler>;
}
