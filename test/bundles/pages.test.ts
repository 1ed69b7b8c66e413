import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
});
afterAll(() => shop.close());

describe('sets', () => {
  it.each([
    ['en', 'Sets', 'strength-corner', '$769.00', 'You save $69.00'],
    ['ko', '세트', encodeURIComponent('근력-코너-세트'), '₩1,029,000', '₩99,000 절약'],
    ['uz', 'Toʻplamlar', 'kuch-burchagi', '9 590 000', '890 000'],
  ])('are listed and shown in %s with price and saving', async (locale, title, slug, price, saving) => {
    const visitor = createVisitor(shop.origin);
    const list = await visitor.get(`/${locale}/bundles`);
    expect(list.status).toBe(200);
    expect(list.text).toContain(`<h1>${title}</h1>`);
    const page = await visitor.get(`/${locale}/bundles/${slug}`);
    expect(page.status).toBe(200);
    const words = page.text.replaceAll('\u00A0', ' ');
    expect(words).toContain(price);
    expect(words).toContain(saving);
    expect(words).toContain('action="/' + locale + '/cart/bundles"');
    expect(words).toContain('"@type":"Product"');
  });

  it('lead from another language’s address to this one’s', async () => {
    const answered = await createVisitor(shop.origin).get('/ko/bundles/strength-corner');
    expect(answered.status).toBe(301);
    expect(decodeURI(answered.location!)).toBe('/ko/bundles/근력-코너-세트');
  });

  it('with a part sold out cannot be bought, and say so', async () => {
    const { text } = await createVisitor(shop.origin).get('/en/bundles/run-and-measure');
    expect(text).toContain('One of the parts is sold out');
    expect(text).not.toContain('/cart/bundles');
  });

  it('that are unknown are not found', async () => {
    expect((await createVisitor(shop.origin).get('/en/bundles/no-such-set')).status).toBe(404);
  });

  it('stand in the sitemap and on the home page', async () => {
    const visitor = createVisitor(shop.origin);
    expect((await visitor.get('/sitemap.xml')).text).toContain('/en/bundles/strength-corner');
    expect((await visitor.get('/en/')).text).toContain('/en/bundles/strength-corner');
  });
});
