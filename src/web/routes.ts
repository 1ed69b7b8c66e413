import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Answer } from './answer.js';
import { localePath } from './paths.js';
import { MINUTE } from '../lib/time.js';

/**
 * Who may call a route, said beside every one of them:
 * `everyone`; `holder`: whoever the handler finds to hold the thing (an order's key, a link from a letter, the session
 * that made it, the signed-in owner), everybody else gets a 404; `user`: whoever is signed in, sent to sign in otherwise;
 * `confirmed`: the same, shown to be themselves within the last quarter of an hour.
 */
export type Access = 'everyone' | 'holder' | 'user' | 'confirmed';

/** What a route wants of its caller; the walk over all routes reads it. */
export type AccessGuard = RequestHandler & { wants: Access };

/** How long after showing who one is nobody asks again. */
export const CONFIRMED_FOR_MS = 15 * MINUTE;

type Handlers<P> = RequestHandler<P>[];

/** The only way to put a page of the store on its router: no route without saying who may use it. */
export interface Routes {
  get<P = Request['params']>(path: string, access: Access, ...handlers: Handlers<P>): void;
  post<P = Request['params']>(path: string, access: Access, ...handlers: Handlers<P>): void;
}

/** Routes below `/:locale` and the router that serves them. */
export function createRoutes({ answer, now }: { answer: Answer; now: () => Date }): {
  routes: Routes;
  router: Router;
} {
  const router = Router();
  const add =
    (method: 'get' | 'post'): Routes['get'] =>
    (path, access, ...handlers) =>
      void router[method](path, guardOf(access, { answer, now }), ...(handlers as RequestHandler[]));
  return { router, routes: { get: add('get'), post: add('post') } };
}

function guardOf(access: Access, { answer, now }: { answer: Answer; now: () => Date }): AccessGuard {
  const guard: RequestHandler = (req, res, next) => {
    const { viewer, locale } = res.locals;
    if (access === 'everyone' || access === 'holder') return next();
    // A page can be opened afterwards; a form that was sent is not sent again for whoever signs in.
    const back = req.method === 'GET' || req.method === 'HEAD' ? req.originalUrl : '';
    const to = (path: string) =>
      localePath(locale, back ? `${path}?return_to=${encodeURIComponent(back)}` : path);
    res.set('Cache-Control', 'no-store');
    if (!viewer) return answer.redirect(req, res, to('/sign-in'), signInFirst(back));
    if (access === 'confirmed' && !isConfirmed(viewer, now())) return toConfirmation(answer, req, res);
    next();
  };
  return Object.assign(guard, { wants: access });
}

/** Whether somebody has shown who they are a moment ago. */
export const isConfirmed = ({ confirmedAt }: { confirmedAt: Date }, now: Date): boolean =>
  now.getTime() - confirmedAt.getTime() < CONFIRMED_FOR_MS;

/** To the page that asks again who one is, and back. Whoever sent a form goes back to its page, and is told that it was not taken. */
export function toConfirmation(answer: Answer, req: Request, res: Response): void {
  const isForm = req.method !== 'GET' && req.method !== 'HEAD';
  const back = isForm ? pageOf(req) : req.originalUrl;
  const page = localePath(res.locals.locale, `/sign-in/confirmation?return_to=${encodeURIComponent(back)}`);
  answer.redirect(req, res, page, isForm ? confirmFirst : undefined);
}

/** The page of ours that a form was on, as far as the browser says: its owner fills it in again. */
function pageOf(req: Request): string {
  const referer = req.get('referer') ?? '';
  if (!URL.canParse(referer)) return '';
  const { host, pathname, search } = new URL(referer);
  return host === req.headers.host ? pathname + search : '';
}

const confirmFirst = { kind: 'problem', key: 'accounts.flash.confirm_first' } as const;

/** Whoever sent a form is told why it was not taken. */
const signInFirst = (back: string) =>
  back ? undefined : ({ kind: 'problem', key: 'accounts.flash.sign_in_first' } as const);
