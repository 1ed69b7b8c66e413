import type { RequestHandler } from 'express';
import type { MyAccountDeps } from '../deps.js';

/** The first page behind the door. */
export function overviewHandler({ answer }: MyAccountDeps): RequestHandler {
  return (req, res) => {
    answer.page(req, res, {
      view: 'my-account/overview',
      head: { title: res.locals.t('my-account.overview.title'), noindex: true },
      data: {},
    });
  };
}
