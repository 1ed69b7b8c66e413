import type { RequestHandler } from 'express';
import { findBundle, listBundles, type BundleForSale } from '../../bundles/index.js';
import { availability } from '../../inventory/index.js';
import { NotFound } from '../../lib/errors.js';
import type { Db } from '../../platform/db.js';
import type { Answer } from '../../web/index.js';
import { readSlug } from '../forms.js';
import { moved, pathsOf } from './addresses.js';
import { bundleView, type BundleView } from '../views/bundles.js';
import { breadcrumbData, bundleData, previewPath } from '../views/structured-data.js';

/** What can be had of sets right now, as views. One statement besides the sets' own. */
export async function bundleViews(
  db: Db,
  bundles: readonly BundleForSale[],
  locale: BundleView['lang'],
): Promise<BundleView[]> {
  const variantIds = bundles.flatMap(({ parts }) => parts.map(({ variant }) => variant.variantId));
  const available = await availability(db, { variantIds });
  return bundles.map(bundle => bundleView(bundle, available, locale));
}

/** Sets: the list and the page of one. */
export function bundleHandlers({ db, answer, baseUrl }: { db: Db; answer: Answer; baseUrl: string }) {
  return {
    async list(req, res) {
      const { locale, currency, t } = res.locals;
      const bundles = await listBundles(db, { locale, currency });
      answer.page(req, res, {
        view: 'storefront/bundles',
        head: { title: t('bundles.title'), description: t('bundles.lead') },
        data: { bundles: await bundleViews(db, bundles, locale) },
      });
    },

    async show(req, res) {
      const { locale, currency, t } = res.locals;
      const slug = readSlug(req.params.slug);
      const bundle = slug ? await findBundle(db, { slug, locale, currency }) : null;
      if (!bundle?.active) throw new NotFound();
      if (bundle.slugs[locale] !== slug) return moved(req, res, `/bundles/${bundle.slugs[locale]}`);
      const [view] = await bundleViews(db, [bundle], locale);
      const site = { baseUrl, locale };
      const picture = bundle.parts.find(({ variant }) => variant.picture)?.variant.picture;
      const trail = [
        { name: t('shared.home'), path: '/' },
        { name: t('bundles.title'), path: '/bundles' },
        { name: bundle.name, path: `/bundles/${bundle.slugs[locale]}` },
      ];
      answer.page(req, res, {
        view: 'storefront/bundle',
        head: {
          title: bundle.name,
          description: bundle.summary,
          paths: pathsOf('bundles', bundle.slugs),
          ...(picture ? { image: previewPath(picture) } : {}),
          jsonLd: [bundleData(site, bundle, view!), breadcrumbData(site, trail)],
        },
        data: { bundle: view! },
      });
    },
  } satisfies Record<string, RequestHandler<{ slug: string }>>;
}
