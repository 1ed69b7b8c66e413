import type { Request, Response } from 'express';
import type { Answer } from '../../web/index.js';

/** A link from a letter that was used, is too old, or never was: what to do instead, at `next`. */
export function linkGone(answer: Answer, req: Request, res: Response, next: string): void {
  const { t } = res.locals;
  res.set('Cache-Control', 'no-store');
  answer.page(req, res, {
    view: 'accounts/link-gone',
    status: 404,
    head: { title: t('accounts.gone.title'), noindex: true },
    data: { next },
  });
}
