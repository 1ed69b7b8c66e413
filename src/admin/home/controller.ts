import type { RequestHandler } from 'express';
import type { AdminDeps } from '../deps.js';
import { countWork } from './queries.js';
import { homeView } from './views.js';

export function homeHandlers({ db, answer }: AdminDeps): Record<'show', RequestHandler> {
  return {
    async show(req, res) {
      const { t } = res.locals;
      const work = await countWork(db);
      answer.page(req, res, {
        view: 'admin/home/show',
        head: { title: t('admin.home.title'), noindex: true },
        data: { home: homeView(work) },
      });
    },
  };
}
