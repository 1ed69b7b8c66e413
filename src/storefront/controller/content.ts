import type { RequestHandler } from 'express';
import { findPage, pagePath } from '../../content/index.js';
import { NotFound } from '../../lib/errors.js';
import { shorten, stripTags } from '../../lib/text.js';
import type { Db } from '../../platform/db.js';
import { readSlug } from '../forms.js';
import { localePath, type Answer } from '../../web/index.js';

/** Pages of plain text, by slug: the one a route names, or the one in the address. */
export function contentHandlers({ db, answer }: { db: Db; answer: Answer }) {
  const page =
    (fixed?: string): RequestHandler<{ slug?: string }> =>
    async (req, res) => {
      const { locale } = res.locals;
      const slug = fixed ?? readSlug(req.params.slug);
      const found = slug && (await findPage(db, { slug, locale }));
      if (!found) throw new NotFound();
      // `/policies/help` is `/help`: every page has one address.
      if (!fixed && pagePath(slug) !== `/policies/${slug}`)
        return res.redirect(301, localePath(locale, pagePath(slug)));
      answer.page(req as Parameters<Answer['page']>[0], res, {
        view: 'storefront/content',
        head: { title: found.title, description: shorten(stripTags(found.bodyHtml), 155) },
        data: { page: found },
      });
    };
  return { page };
}
