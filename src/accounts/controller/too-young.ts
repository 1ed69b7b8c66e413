import type { Request, Response } from 'express';
import type { Answer } from '../../web/index.js';
import { YOUNGEST } from '../rules.js';

/** What somebody is told who says that they are too young for an account: nothing of theirs is kept, nor shown again. */
export function tooYoung(answer: Answer, req: Request, res: Response): void {
  const { t } = res.locals;
  answer.page(req, res, {
    view: 'accounts/too-young',
    head: { title: t('accounts.register.title'), path: '/register', noindex: true },
    data: { years: YOUNGEST },
  });
}
