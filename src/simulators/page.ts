import { createHash } from 'node:crypto';
import type { Router } from 'express';
import express from 'express';
import { PAGE_STYLE } from './page-style.js';

/** The simulators speak two languages; an Uzbek reader is shown English. */
export type PageLanguage = 'en' | 'ko';

/** The first language of an `Accept-Language` header, or of a locale, that the pages have. */
export function pageLanguage(wanted: string | undefined): PageLanguage {
  return /^\s*ko\b/i.test(wanted ?? '') ? 'ko' : 'en';
}

/** Text that is safe inside HTML text and quoted attributes. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | readonly Html[] | null;

/** Template tag: what is filled in is escaped, unless it is itself made by this tag. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((so, string, index) => so + write(pieces[index - 1] ?? null) + string));
}

function write(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(write).join('');
  return `${piece as string | number}`.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
}

const STYLE_PATH = `/simulator-${createHash('sha256').update(PAGE_STYLE).digest('hex').slice(0, 12)}.css`;

const FALSE_MONEY = {
  en: 'Simulated – no money moves',
  ko: '모의 결제 – 실제로 결제되지 않습니다',
} as const;

/** A whole page. `notice` says below the banner what kind of stand-in this is. */
export function page({
  language,
  title,
  brand,
  body,
  notice = FALSE_MONEY[language],
}: {
  language: PageLanguage;
  title: string;
  brand: string;
  body: Html;
  notice?: string;
}): string {
  return `<!doctype html>${
    html`<html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${brand}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <p class="brand">${brand}</p>
          <p class="notice">${notice}</p>
        </header>
        <main>${body}</main>
      </body>
    </html>`.text
  }`;
}

/**
 * The pages' style sheet and their headers. `redirectTo` must name where a form's answer sends the browser: `form-action`
 * covers the redirect too.
 */
export function pageHeaders(redirectTo: readonly (string | null)[] = [], extra = ''): Record<string, string> {
  const origins = redirectTo.flatMap(url => (url && URL.canParse(url) ? [new URL(url).origin] : []));
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action ${[
      "'self'",
      ...new Set(origins),
    ].join(' ')}; base-uri 'none'; frame-ancestors 'none'${extra}`,
  };
}

/** Serves the style sheet under its hashed name. */
export function styleRoutes(): Router {
  return express.Router().get(STYLE_PATH, (_req, res) => {
    res.set({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=31536000, immutable' });
    res.end(PAGE_STYLE);
  });
}
