import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGoods } from '../support/goods.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
let slugs: Record<'en' | 'ko' | 'uz', string>;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  const { slug } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
  const { product_id } = (await shop.db('product_translations').where({ locale: 'en', slug }).first()) as {
    product_id: number;
  };
  const all = (await shop.db('product_translations').where({ product_id })) as {
    locale: 'en' | 'ko' | 'uz';
    slug: string;
  }[];
  slugs = Object.fromEntries(all.map(each => [each.locale, each.slug])) as typeof slugs;
  await shop
    .db('former_slugs')
    .insert({ kind: 'product', locale: 'en', slug: 'what-it-was', target_id: product_id });
});
afterAll(() => shop.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(shop.origin + path, { redirect: 'manual', headers });
const post = (path: string, form: Record<string, string>) =>
  fetch(shop.origin + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
const text = async (path: string) => (await get(path)).text();
const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1];

describe('an address that changed', () => {
  it('leads to the present one for ever, with its query', async () => {
    const former = await get('/en/products/what-it-was?variant=A');
    expect([former.status, former.headers.get('location')]).toEqual([
      301,
      `/en/products/${slugs.en}?variant=A`,
    ]);
    const foreign = await get(`/ko/products/${slugs.en}`);
    expect([foreign.status, foreign.headers.get('location')]).toEqual([
      301,
      encodeURI(`/ko/products/${slugs.ko}`),
    ]);
    expect((await get('/en/policies/help')).headers.get('location')).toBe('/en/help');
  });

  it('that never was is a page with a way on', async () => {
    for (const path of [
      '/uz/products/nope',
      '/uz/categories/nope',
      '/uz/policies/nope',
      '/uz/products/%00',
      '/uz/x/y',
    ]) {
      const page = await get(path);
      const html = await page.text();
      expect(page.status, path).toBe(404);
      for (const way of ['/uz/', '/uz/products', '/uz/contact'])
        expect(html).toContain(`<li><a href="${way}">`);
    }
  });
});

describe('a list', () => {
  it('names its page in the title, and an unknown page is the first', async () => {
    expect(titleOf(await text('/en/products?page=2'))).toMatch(/^All products, page 2 of \d+ · Trainium$/);
    for (const page of ['0', '999', 'x', '-1'])
      expect(titleOf(await text(`/en/products?page=${page}`))).toBe('All products · Trainium');
  });

  it('without results offers other ways', async () => {
    const html = await text('/en/products?q=zzzzzz&in_stock=1');
    expect(html).toContain('Nothing matches');
    expect(html).toContain('href="/en/contact"');
    expect(html).toContain('aria-label="Remove filter: “zzzzzz”"');
    expect(html).toContain('name="robots" content="noindex"');
  });

  it('prints what was searched for, not what it would do', async () => {
    const html = await text(`/en/products?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain('<script>alert');
  });
});

describe('a product page', () => {
  it('has one heading, its languages, and its offer for machines', async () => {
    const html = await text(`/ko/products/${encodeURIComponent(slugs.ko)}`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain(`hreflang="uz" href="${shop.origin}/uz/products/${encodeURI(slugs.uz)}"`);
    const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
      ([, json]) => JSON.parse(json!) as { '@type': string },
    );
    expect(blocks.map(block => block['@type'])).toEqual(['Product', 'BreadcrumbList']);
    const [product] = blocks as { offers?: object[] }[];
    expect(product!.offers![0]).toMatchObject({
      priceCurrency: 'KRW',
      availability: 'https://schema.org/InStock',
    });
  });

  it('in a currency without a price says so instead of offering a button', async () => {
    const { id } = (await shop
      .db('variants')
      .join('product_translations as t', 't.product_id', 'variants.product_id')
      .where({ 't.slug': slugs.en })
      .orderBy('position')
      .first('variants.id')) as { id: number };
    const prices = await shop.db('prices').where({ variant_id: id, currency: 'UZS' }).delete().returning('*');
    const html = await (
      await get(`/en/products/${slugs.en}?variant=${id}`, { cookie: 'currency=UZS' })
    ).text();
    expect(html).toContain('This variant has no price in UZS');
    expect(html).not.toContain('name="variant"');
    await shop.db('prices').insert(prices);
  });
});

describe('the small forms', () => {
  const kept = async (response: Response) => [
    response.status,
    response.headers.get('location'),
    response.headers.getSetCookie().map(cookie => cookie.split(';')[0]),
  ];

  it('keep a choice and lead back', async () => {
    expect(
      await kept(await post('/en/currency', { currency: 'KRW', return_to: '/en/products?price_min=5&q=a' })),
    ).toEqual([303, '/en/products?q=a', ['language=en', 'currency=KRW']]);
    expect(await kept(await post('/en/theme', { theme: 'dark', return_to: '/en/cart' }))).toEqual([
      303,
      '/en/cart',
      ['language=en', 'theme=dark'],
    ]);
    expect(await text('/en/')).not.toContain('data-theme');
    expect(await (await get('/en/', { cookie: 'theme=dark' })).text()).toContain(
      '<html lang="en" data-theme="dark">',
    );
  });

  it('change nothing on nonsense and lead nowhere else', async () => {
    expect(await kept(await post('/en/country', { country: 'XX', return_to: '//evil.example' }))).toEqual([
      303,
      '/en/',
      ['language=en'],
    ]);
    expect(
      await kept(await post('/en/currency', { currency: 'EUR', return_to: 'https://evil.example' })),
    ).toEqual([303, '/en/', ['language=en']]);
  });
});

it('search engines find every language of every page, and nothing personal', async () => {
  const xml = await text('/sitemap.xml');
  for (const locale of ['en', 'ko', 'uz'] as const) {
    expect(xml).toContain(`<loc>${shop.origin}/${locale}/products/${encodeURI(slugs[locale])}</loc>`);
  }
  const robots = await text('/robots.txt');
  expect(robots).toContain('Disallow: /ko/checkout');
  expect(robots).toContain('Disallow: /auth/');
  expect(robots).toContain(`Sitemap: ${shop.origin}/sitemap.xml`);
});

it('no page needs more than three statements besides the count of the cart', async () => {
  const paths = [
    '/en/',
    '/en/products',
    '/en/products?q=a&in_stock=1',
    `/en/products/${slugs.en}`,
    '/en/about',
  ];
  for (const path of paths) await text(path);
  shop.logs.length = 0;
  for (const path of paths) await text(path);
  const statements = shop.logs.map(line => (JSON.parse(line) as { sql?: number }).sql ?? 0);
  expect(Math.max(...statements)).toBeLessThanOrEqual(4);
});
