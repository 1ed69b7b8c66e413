import type { Request, Response } from 'express';
import { DEFAULT_LOCALE, LOCALES, LOCALE_NAME, type Locale } from '../lib/locale.js';
import { CURRENCIES, formatMoney, type Money } from '../lib/money.js';
import type { Assets } from './assets.js';
import type { Cookies } from './cookies.js';
import { keepFlash, type Flash } from './flash.js';
import { localePath } from './paths.js';
import { escapeHtml, render } from './views.js';

/** What the document's head says of a page. Paths start below the locale (`/products/…`). */
export interface Head {
  title: string;
  description?: string;
  /** Path of the page where it is not the request's own: a form that was posted elsewhere and came back. */
  path?: string;
  /** Path of the page in each language, where it differs or is missing; the request's own path otherwise. */
  paths?: Partial<Record<Locale, string>>;
  /** Kept out of search engines: personal pages, filtered lists, errors. */
  noindex?: boolean;
  /** Absolute or root-relative picture for previews. */
  image?: string;
  /** Structured data, printed as JSON-LD. */
  jsonLd?: readonly object[];
}

export interface Page {
  view: string;
  head: Head;
  data: object;
  status?: number;
  /** The part of the page that an htmx request for it gets instead. */
  fragment?: string;
}

/** A piece of a page whose root element has `id`, sent anew after a change. */
export interface Fragment {
  id: string;
  view: string;
  data: object;
}

/** Answers of all pages. The only place that knows about htmx. */
export interface Answer {
  /** The page, or its fragment when that is what was asked for. Invalid forms: the same with status 422. */
  page(req: Request, res: Response, page: Page): void;
  /** After a change: the changed fragments for htmx (the first one is the request's target), else 303 to `to`. */
  changed(
    req: Request,
    res: Response,
    change: { to: string; flash?: Flash; fragments?: () => Promise<Fragment[]> },
  ): Promise<void>;
  /** 303 to a path below the locale, or to an absolute address that the caller has checked. */
  redirect(req: Request, res: Response, to: string, flash?: Flash): void;
}

const wantsFragment = (req: Request): boolean => req.get('HX-Request-Type') === 'partial';

/** JSON inside a script element ends at the first `</`, so `<` is written otherwise. */
const safeJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

export function createAnswer(options: { assets: Assets; cookies: Cookies; baseUrl: string }): Answer {
  const { assets, cookies, baseUrl } = options;

  /** What every template may use, with the locals of the request. */
  const context = (req: Request, res: Response): Record<string, unknown> => {
    const { locale } = res.locals;
    return {
      ...res.locals,
      path: req.originalUrl,
      url: (path: string) => localePath(locale, path),
      asset: assets.url,
      money: (amount: Money) => formatMoney(amount, locale),
    };
  };

  /** The desk has one address in all languages and is for nobody's index: its frame needs no more than the head. */
  const deskDocument = (page: Page, data: Record<string, unknown>): string =>
    render('layouts/admin', {
      ...data,
      body: render(page.view, data),
      languages: LOCALES.map(locale => ({ locale, name: LOCALE_NAME[locale] })),
    });

  const document = (req: Request, res: Response, page: Page, data: Record<string, unknown>): string => {
    const { locale, frame } = res.locals;
    if (frame === 'admin') return deskDocument(page, data);
    const own = page.head.path ?? (req.originalUrl.slice(locale.length + 1).split('?')[0] || '/');
    const pathIn = (other: Locale) => localePath(other, page.head.paths?.[other] ?? own);
    return render('layouts/page', {
      ...data,
      body: render(page.view, data),
      head: page.head,
      canonical: baseUrl + pathIn(locale),
      alternates: page.head.noindex
        ? []
        : [
            ...LOCALES.map(other => ({ lang: other as string, href: baseUrl + pathIn(other) })),
            { lang: 'x-default', href: baseUrl + pathIn(DEFAULT_LOCALE) },
          ],
      languages: LOCALES.map(other => ({
        locale: other,
        name: LOCALE_NAME[other],
        href:
          pathIn(other) +
          (req.originalUrl.includes('?') ? req.originalUrl.slice(req.originalUrl.indexOf('?')) : ''),
      })),
      currencies: CURRENCIES,
      jsonLd: (page.head.jsonLd ?? []).map(safeJson),
    });
  };

  const redirect: Answer['redirect'] = (_req, res, to, flash) => {
    if (flash) keepFlash(cookies, res, flash);
    res.redirect(303, to);
  };

  return {
    page(req, res, page) {
      const { t } = res.locals;
      const status = page.status ?? 200;
      const title = status === 422 ? t('shared.errorTitle', { title: page.head.title }) : page.head.title;
      const data = { ...context(req, res), ...page.data, title };
      res.status(status).vary('HX-Request-Type').type('html');
      if (!res.get('Cache-Control')) res.set('Cache-Control', 'private, no-cache');
      if (wantsFragment(req) && page.fragment) {
        res.send(
          `<title>${escapeHtml(title)} · ${escapeHtml(res.locals.shop.name)}</title>${render(page.fragment, data)}`,
        );
      } else res.send(document(req, res, page, data));
    },
    async changed(req, res, { to, flash, fragments }) {
      if (!wantsFragment(req) || !fragments) return redirect(req, res, to, flash);
      const [main, ...others] = await fragments();
      const data = context(req, res);
      const parts = others.map(
        ({ id, view, data: more }) =>
          `<hx-partial hx-target="#${id}" hx-swap="outerHTML">${render(view, { ...data, ...more })}</hx-partial>`,
      );
      if (flash)
        parts.push(
          `<hx-partial hx-target="#flash" hx-swap="innerHTML">${render('shared/_flash', { ...data, flash })}</hx-partial>`,
        );
      res.status(200).vary('HX-Request-Type').type('html').set('Cache-Control', 'private, no-store');
      res.send((main ? render(main.view, { ...data, ...main.data }) : '') + parts.join(''));
    },
    redirect,
  };
}
