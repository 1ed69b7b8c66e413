import type { Destination } from '../../lib/destination.js';
import type { Locale } from '../../lib/locale.js';
import { toDecimal, type Money } from '../../lib/money.js';
import { stripTags } from '../../lib/text.js';
import { picturePath, widthsFor, type Picture } from '../../media/index.js';
import type { ShopIdentity } from '../../platform/config.js';
import { offerDelivery, type DeliveryOption, type Terms } from '../../shipping/index.js';
import { localePath } from '../../web/index.js';
import type { BundleForSale } from '../../bundles/index.js';
import type { ProductDetail } from '../queries/product.js';
import type { BundleView } from './bundles.js';

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
export const previewPath = ({ id, width }: Picture): string =>
  picturePath(id, width >= 1080 ? 1080 : Math.max(...widthsFor(width)), 'webp');

/** How each offer is delivered to where the page's costs are for. */
export interface DeliveryFacts {
  terms: Terms | null;
  destination: Destination;
  now: Date;
}

/**
 * The product with an offer for each variant that has a price in the shopper's currency, and the cheapest way to have
 * one piece of it delivered.
 */
export function productData(site: Site, product: ProductDetail, delivery: DeliveryFacts): object {
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
    offers: product.variants.flatMap(({ sku, price, available, weightGrams }) =>
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
              ...shippingData(price, weightGrams, delivery),
            },
          ]
        : [],
    ),
  };
}

function shippingData(
  price: Money,
  grams: number,
  { terms, destination, now }: DeliveryFacts,
): { shippingDetails?: object } {
  const offer = offerDelivery(terms, { pieces: [{ grams, quantity: 1 }], now });
  if (!offer.ok) return {};
  const amount = (option: DeliveryOption) => option.cost(price).amount;
  const cheapest = offer.options.toSorted((a, b) => amount(a) - amount(b))[0]!;
  const { country, region, postalCode } = destination;
  const days = (minValue: number, maxValue: number) => ({
    '@type': 'QuantitativeValue',
    minValue,
    maxValue,
    unitCode: 'DAY',
  });
  return {
    shippingDetails: {
      '@type': 'OfferShippingDetails',
      shippingRate: {
        '@type': 'MonetaryAmount',
        value: toDecimal(cheapest.cost(price)),
        currency: price.currency,
      },
      shippingDestination: {
        '@type': 'DefinedRegion',
        addressCountry: country,
        ...(region ? { addressRegion: region } : {}),
        ...(postalCode ? { postalCode } : {}),
      },
      deliveryTime: {
        '@type': 'ShippingDeliveryTime',
        handlingTime: days(0, 1),
        transitTime: days(cheapest.minBusinessDays, cheapest.maxBusinessDays),
      },
    },
  };
}

/** A set with its one offer, or none where it is not sold in the shopper's currency. */
export function bundleData(site: Site, bundle: BundleForSale, { stock }: BundleView): object {
  const url = at(site, `/bundles/${bundle.slugs[site.locale]}`);
  const pictures = bundle.parts.flatMap(({ variant }) => variant.picture ?? []);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: bundle.name,
    description: bundle.summary || stripTags(bundle.descriptionHtml),
    url,
    sku: bundle.code,
    image: pictures.map(picture => site.baseUrl + previewPath(picture)),
    offers: bundle.price
      ? [
          {
            '@type': 'Offer',
            price: toDecimal(bundle.price),
            priceCurrency: bundle.price.currency,
            availability: `https://schema.org/${stock.count > 0 ? 'InStock' : 'OutOfStock'}`,
            itemCondition: 'https://schema.org/NewCondition',
            url,
          },
        ]
      : [],
  };
}
