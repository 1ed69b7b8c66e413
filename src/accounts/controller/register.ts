import type { Request, RequestHandler, Response } from 'express';
import { errorTexts, localePath, type FieldError } from '../../web/index.js';
import type { AccountsDeps } from '../deps.js';
import { readRegistration, typedRegistration, type TypedRegistration } from '../registration-form.js';
import { beginAccount } from '../offer.js';
import { YOUNGEST } from '../rules.js';
import { tooYoung } from './too-young.js';

const EMPTY = typedRegistration({});

/** Registering with a password. What the browser gets to see is the same for an address that has an account. */
export function registerHandlers(deps: AccountsDeps): Record<'form' | 'register' | 'sent', RequestHandler> {
  const { answer, providers } = deps;
  const page = (
    req: Request,
    res: Response,
    { typed, errors: found = [] }: { typed: TypedRegistration; errors?: readonly FieldError[] },
  ) => {
    const { t } = res.locals;
    const errors = errorTexts(t, found);
    answer.page(req, res, {
      view: 'accounts/register',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('accounts.register.title'), path: '/register', noindex: true },
      data: { typed, errors, years: YOUNGEST, providers: providers.offered },
    });
  };

  return {
    form(req, res) {
      const { viewer, locale } = res.locals;
      if (viewer) return answer.redirect(req, res, localePath(locale, '/account'));
      page(req, res, { typed: EMPTY });
    },

    async register(req, res) {
      const { shop } = res.locals;
      const read = readRegistration(req.body, { shop: shop.name });
      if (!read.ok && read.reason === 'too-young') return tooYoung(answer, req, res);
      if (!read.ok) return page(req, res, { typed: typedRegistration(req.body), errors: read.errors });
      await beginAccount(deps, req, res, read.value);
    },

    sent(req, res) {
      const { t } = res.locals;
      answer.page(req, res, {
        view: 'accounts/letter-sent',
        head: { title: t('accounts.register.sent.title'), noindex: true },
        data: { sentences: 'accounts.register.sent', again: '/register' },
      });
    },
  };
}
