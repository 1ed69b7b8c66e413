import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { BadRequest, Forbidden, NotFound, TooManyRequests } from '../lib/errors.js';
import { DEFAULT_LOCALE, isLocale } from '../lib/locale.js';
import { log } from '../platform/log.js';
import { translator } from '../platform/i18n.js';
import type { Answer } from './answer.js';

export const notFound: RequestHandler = () => {
  throw new NotFound();
};

/** Status that an error means to the outside; everything unknown is a bug of ours. */
function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404;
  if (error instanceof Forbidden) return 403;
  if (error instanceof BadRequest) return 400;
  if (error instanceof TooManyRequests) return 429;
  // Express and its body parsers mark their refusals (malformed, too large) with a status below 500.
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

const PAGES = new Set([400, 403, 404, 413, 429, 500]);

/** Errors can strike before a locale is known: the page needs one all the same. */
function completeLocals(req: Request, res: Response): void {
  const first = req.originalUrl.split(/[/?]/)[1];
  const locals = res.locals as Partial<Response['locals']>;
  res.locals.locale = locals.locale ?? (isLocale(first) ? first : DEFAULT_LOCALE);
  res.locals.t = locals.t ?? translator(res.locals.locale);
  res.locals.currency = locals.currency ?? 'USD';
  res.locals.country = locals.country ?? 'US';
  res.locals.theme = locals.theme ?? 'system';
  res.locals.flash = null;
  res.locals.layout = locals.layout ?? { categories: [], pages: [], cartCount: 0 };
}

/** The last middleware: every error becomes a page with a way on, in the reader's language, with the request's id. */
export function errorPages(answer: Answer): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const status = statusOf(error);
    if (status === 500) {
      const { name, stack } = error instanceof Error ? error : new Error(String(error));
      log.error('request failed', {
        request: res.locals.requestId,
        error: name,
        stack: stack?.split('\n').slice(1, 6).join(' '),
      });
    }
    if (res.headersSent) return next(error);
    completeLocals(req, res);
    if (error instanceof TooManyRequests) res.set('Retry-After', String(error.retryAfterSeconds));
    res.set('Cache-Control', 'no-store');
    const shown = PAGES.has(status) ? status : 400;
    const wait = error instanceof TooManyRequests ? error.retryAfterSeconds : 0;
    const { t } = res.locals;
    answer.page(req, res, {
      view: 'errors/error',
      fragment: 'errors/_error',
      status,
      head: { title: t(`errors.${shown}.title`), noindex: true },
      data: { status: shown, wait },
    });
  };
}
