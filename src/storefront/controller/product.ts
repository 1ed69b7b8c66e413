import type { Request, RequestHandler, Response } from 'express';
import { requestStock } from '../../inventory/index.js';
import { NotFound } from '../../lib/errors.js';
import { digest } from '../../lib/ids.js';
import { inTransaction } from '../../platform/db.js';
import { findTerms } from '../../shipping/index.js';
import { errorTexts, localePath, type FieldError, type RateLimit } from '../../web/index.js';
import { readSlug, readStockRequest, typedStockRequest } from '../forms.js';
import { listCards } from '../queries/cards.js';
import { EVERYTHING } from '../queries/filter.js';
import { findProduct, type ProductDetail } from '../queries/product.js';
import { cardView } from '../views/cards.js';
import { productView } from '../views/product.js';
import { breadcrumbData, previewPath, productData } from '../views/structured-data.js';
import { moved, pathsOf } from './addresses.js';
import { SECTION_SIZE, type BrowseDeps } from './browse.js';

export interface ProductDeps extends BrowseDeps {
  /** Providers that this shop takes payments with; the product page says how one can pay. */
  payments: readonly string[];
  /** Letters that may be asked for: by address and by where the asking comes from. */
  askLimit: RateLimit;
  askVisitorLimit: RateLimit;
}

/** What was typed into the form of a sold-out variant, and what is wrong with it. */
interface Asked {
  typed: Record<string, string>;
  errors: readonly FieldError[];
}

/** A product's page, and the form of a variant that is sold out. */
export function productHandlers({
  db,
  answer,
  now,
  baseUrl,
  payments,
  askLimit,
  askVisitorLimit,
}: ProductDeps) {
  const find = async (req: Request<{ slug: string }>, res: Response): Promise<ProductDetail> => {
    const { locale, currency } = res.locals;
    const slug = readSlug(req.params.slug);
    const product = slug && (await findProduct(db, { slug, locale, currency }));
    if (!product) throw new NotFound();
    return product;
  };

  const page = async (
    req: Request<{ slug: string }>,
    res: Response,
    product: ProductDetail,
    { wanted, asked = { typed: {}, errors: [] } }: { wanted: unknown; asked?: Asked },
  ) => {
    const { locale, currency, destination, t } = res.locals;
    const { category } = product;
    const [terms, related] = await Promise.all([
      findTerms(db, { destination, currency, now: now() }),
      listCards(db, {
        locale,
        currency,
        filter: {
          ...EVERYTHING,
          categories: category ? [category.code] : [],
          without: product.id,
          inStock: true,
        },
        sort: 'newest',
        limit: SECTION_SIZE,
      }),
    ]);
    const view = productView({ product, wanted, terms, destination, locale, t, now: now() });
    const site = { baseUrl, locale };
    const path = `/products/${product.slugs[locale]}`;
    const trail = [
      { name: t('shared.home'), path: '/' },
      ...(category ? [{ name: category.name, path: `/categories/${category.slug}` }] : []),
      { name: product.name, path },
    ];
    answer.page(req, res, {
      view: 'storefront/product',
      status: asked.errors.length > 0 ? 422 : 200,
      head: {
        title: product.name,
        description: product.summary,
        path: encodeURI(path),
        paths: pathsOf('products', product.slugs),
        ...(product.pictures[0] ? { image: previewPath(product.pictures[0]) } : {}),
        jsonLd: [productData(site, product, { terms, destination, now: now() }), breadcrumbData(site, trail)],
      },
      data: {
        product: view,
        related: related.map(card => cardView(card, now())),
        // Toss takes won only.
        payments: payments.filter(provider => provider !== 'toss' || currency === 'KRW'),
        asked: {
          path: `${path}/stock-requests`,
          typed: asked.typed,
          errors: errorTexts(t, asked.errors),
        },
      },
    });
  };

  return {
    async show(req, res) {
      const product = await find(req, res);
      const slug = product.slugs[res.locals.locale];
      if (slug !== req.params.slug) return moved(req, res, `/products/${slug}`);
      await page(req, res, product, { wanted: req.query.variant });
    },

    /** One letter, please, when this variant is back. The answer is the same whether or not the address asked before. */
    async ask(req, res) {
      const { locale } = res.locals;
      const product = await find(req, res);
      const typed = typedStockRequest(req.body);
      const variant = product.variants.find(({ id }) => String(id) === typed.variant);
      if (!variant) throw new NotFound();
      const read = readStockRequest(typed);
      if (!read.ok) {
        await page(req, res, product, {
          wanted: typed.variant,
          asked: { typed, errors: read.errors },
        });
        return;
      }
      const { email } = read.value;
      await askVisitorLimit.count(`ip:${req.ip}`);
      // Kept for an hour by the counter: the address itself need not be.
      await askLimit.count(`email:${digest(email)}`);
      const there = variant.available > 0;
      if (!there) {
        await inTransaction(db, tx => requestStock(tx, { variantId: variant.id, email, locale, now: now() }));
      }
      const path = `/products/${product.slugs[locale]}?variant=${encodeURIComponent(variant.sku)}`;
      answer.redirect(req, res, encodeURI(localePath(locale, path)), {
        kind: 'done',
        key: there ? 'storefront.waiting.there' : 'storefront.waiting.asked',
      });
    },
  } satisfies Record<string, RequestHandler<{ slug: string }>>;
}
