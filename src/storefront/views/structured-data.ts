import type { Locale } from '../../lib/locale.js';
import { toDecimal } from '../../lib/money.js';
import { stripTags } from '../../lib/text.js';
import { picturePath, widthsFor, type Picture } from '../../media/index.js';
import type { ShopIdentity } from '../../platform/config.js';
import { localePath } from '../../web/index.js';
import type { ProductDetail } from '../queries/product.js';

/** What search engines read (schema.org, as JSON-LD). Addresses are absolute. */
interface Site {
  baseUrl: string;
  locale: Locale;
}

const at = ({ baseUrl, locale }: Site, path: string): string => baseUrl + encodeURI(localePath(locale, path));

export function siteData(site: Site, shop: ShopIdentity): object[] {
  return [
    {
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: shop.name,
      url: site.baseUrl,
      ...(shop.email ? { email: shop.email } : {}),
      ...(shop.phone ? { telephone: shop.phone } : {}),
    },
    {
      '@context': 'https://schema.org',
      '@type': 'WebSite',
      name: shop.name,
      url: at(site, '/'),
      inLanguage: site.locale,
      potentialAction: {
        '@type': 'SearchAction',
        target: `${at(site, '/products')}?q={search_term_string}`,
        'query-input': 'required name=search_term_string',
      },
    },
  ];
}

/** `trail` leads from the home page to the page itself. */
export function breadcrumbData(site: Site, trail: readonly { name: string; path: string }[]): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: at(site, path),
    })),
  };
}

/** A rendition of a picture that is large enough for previews elsewhere. */
export const previewPath = ({ id, width }: Picture): string => picturePath(id, width >= 1080 ? 1080 : Math.max(...widthsFor(width)), 'webp');

/** The product with an offer for each variant that has a price in the shopper's currency. */
export function productData(site: Site, product: ProductDetail): object {
  const url = at(site, `/products/${product.slugs[site.locale]}`);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    description: product.summary || stripTags(product.descriptionHtml),
    url,
    image: product.pictures.map(picture => site.baseUrl + previewPath(picture)),
    ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand } } : {}),
    ...(product.variants.length === 1 ? { sku: product.variants[0]!.sku } : {}),
    offers: product.variants.flatMap(({ sku, price, available }) =>
      price
        ? [
            {
              '@type': 'Offer',
              sku,
              price: toDecimal(price),
              priceCurrency: price.currency,
              availability: `https://schema.org/${available > 0 ? 'InStock' : 'OutOfStock'}`,
              itemCondition: 'https://schema.org/NewCondition',
              url: `${url}?variant=${encodeURIComponent(sku)}`,
            },
          ]
        : [],
    ),
  };
}
