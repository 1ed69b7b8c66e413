import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disableDiscount } from '../../src/discounts/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { makeDiscount } from '../discounts/make.js';
import { fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ environment: { TRUST_PROXY: '1' }, jobs: false });
});
afterAll(() => shop.close());

const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' };
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
let visitors = 0;
/** Somebody with goods in the cart, from an address of their own. */
async function shopper(locale: 'en' | 'ko' | 'uz' = 'en'): Promise<Visitor> {
  const visitor = createVisitor(shop.origin);
  await fillCart(shop, visitor, locale);
  visitors += 1;
  const from = { 'x-forwarded-for': `192.0.2.${visitors}` };
  return { ...visitor, post: (path, fields, headers) => visitor.post(path, fields, { ...from, ...headers }) };
}
const cartOf = async (visitor: Visitor, locale = 'en') => textOf((await visitor.get(`/${locale}/cart`)).text);
const code = (typed: string, visitor: Visitor, headers = {}) =>
  visitor.post('/en/cart/discount', { code: typed }, headers);

describe('a discount code in the cart', () => {
  it('by a plain form: is listed with what it takes off, explained, and removable', async () => {
    const visitor = await shopper();
    const posted = await code(' welcome–10 ', visitor);
    expect([posted.status, posted.location]).toEqual([303, '/en/cart#discounts']);
    const shown = await cartOf(visitor);
    expect(shown).toContain('The code applies.');
    expect(shown).toMatch(/WELCOME10 10% off your first order −\$[\d.,]+/);
    expect(shown).toMatch(/Explain this price .* 10% off your first order \(WELCOME10\) −\$/);
    expect(shown).toContain('Buy 2, get 1 free on accessories : Only for Accessories.');

    expect((await code('WELCOME10', visitor)).status).toBe(303);
    for (let times = 0; times < 2; times += 1)
      expect((await visitor.post('/en/cart/discount/removal', { code: 'Welcome 10' })).status).toBe(303);
    await visitor.get('/en/cart');
    expect(await cartOf(visitor)).not.toContain('WELCOME10');
  });

  it('with htmx: sends the panel anew', async () => {
    const visitor = await shopper();
    const added = await code('WELCOME10', visitor, FRAGMENT);
    expect(added.status).toBe(200);
    expect(added.text).toMatch(/^\s*<div id="cart-panel">/);
    expect(added.text).toContain('WELCOME10');
    const refused = await code('nothing', visitor, FRAGMENT);
    expect(refused.status).toBe(422);
    expect(refused.text).not.toContain('<html');
  });

  it.each([
    ['', 'Enter a discount code.'],
    ['<b>no', 'We know no such code.'],
    ['x'.repeat(500), 'We know no such code.'],
    ['\u0000', 'We know no such code.'],
  ])('"%s" comes back as typed, with what is wrong', async (typed, words) => {
    const visitor = await shopper();
    const { status, text } = await code(typed, visitor);
    expect(status).toBe(422);
    expect(text).toMatch(/<title>Error: Cart/);
    expect(text).toContain(words);
    expect(text).toContain('href="#code"');
    if (typed === '<b>no') expect(text).toContain('value="&lt;b&gt;no"');
  });

  it('that does not apply stays listed and says which rule, and what mends it', async () => {
    await makeDiscount(shop.db, { code: 'RICH', minimums: { USD: 1_000_000_00 } });
    await makeDiscount(shop.db, { code: 'SOON', startsAt: new Date('2999-05-03T12:00:00Z') });
    await makeDiscount(shop.db, { code: 'OVER', endsAt: new Date('2020-05-04T00:00:00Z') });
    const visitor = await shopper();
    for (const typed of ['RICH', 'SOON', 'OVER', 'RECOVER15']) {
      expect((await code(typed, visitor)).status).toBe(303);
      expect(await cartOf(visitor)).toContain('The code does not apply yet');
    }
    const shown = await cartOf(visitor);
    expect(shown).toMatch(/RICH Ten per cent Spend \$[\d,.]+ more on goods it is for/);
    expect(shown).toContain('SOON Ten per cent Valid from 3 May 2999.');
    expect(shown).toContain('OVER Ten per cent Ended on 3 May 2020.');
    expect(shown).toContain(
      'RECOVER-15 A sum off recovery gear Only for Recovery. Add some of that to use it.',
    );
  });

  it.each([
    ['ko', '첫 주문 10% 할인', '가격이 계산된 과정'],
    ['uz', 'Birinchi buyurtmaga 10% chegirma', 'Narx qanday hisoblandi'],
  ] as const)('speaks %s', async (locale, name, title) => {
    const visitor = await shopper(locale);
    await visitor.post(`/${locale}/cart/discount`, { code: 'WELCOME10' });
    const shown = await cartOf(visitor, locale);
    expect(shown).toContain(name);
    expect(shown).toContain(title);
    expect(shown).not.toMatch(/10% off|Considered|Explain/);
  });

  it('withdrawn later: stays listed, and is unknown to whoever types it now', async () => {
    const id = await makeDiscount(shop.db, { code: 'PULLED' });
    const visitor = await shopper();
    expect((await code('PULLED', visitor)).status).toBe(303);
    await inTransaction(shop.db, tx => disableDiscount(tx, { id, disabled: true, now: shop.now() }));
    await visitor.get('/en/cart');
    expect(await cartOf(visitor)).toContain('This code is no longer in use. Remove it.');
    expect((await code('PULLED', await shopper())).status).toBe(422);
  });

  it('is one of five at most', async () => {
    const visitor = await shopper();
    for (let index = 1; index <= 6; index += 1) {
      await makeDiscount(shop.db, { code: `MANY${index}` });
      const { status, text } = await code(`MANY${index}`, visitor);
      expect(status).toBe(index <= 5 ? 303 : 422);
      if (index === 6) expect(text).toContain('There can be 5 codes in a cart.');
    }
  });

  it('needs a cart', async () => {
    const { status, text } = await code('WELCOME10', createVisitor(shop.origin), {
      'x-forwarded-for': '192.0.2.250',
    });
    expect(status).toBe(422);
    expect(text).toContain('Your cart is empty. Add goods first, then the code.');
  });

  it('is nobody else’s: removing it in one cart leaves the other', async () => {
    const [mine, theirs] = [await shopper(), await shopper()];
    for (const visitor of [mine, theirs]) await code('WELCOME10', visitor);
    await mine.post('/en/cart/discount/removal', { code: 'WELCOME10' });
    expect(await cartOf(theirs)).toContain('WELCOME10');
  });
});

describe('guessing codes', () => {
  it('ends after twenty wrong ones a minute, from one address in many carts', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push((await code(`guess ${index}`, await shopper(), from)).status);
    expect(statuses).toEqual([...Array<number>(20).fill(422), 429]);
    // A right one is no way on for who has used up the tries.
    expect((await code('WELCOME10', await shopper(), from)).status).toBe(429);
    expect((await code('WELCOME10', await shopper())).status).toBe(303);
  });

  it('ends after twenty wrong ones a minute, in one cart from many addresses; right ones do not count', async () => {
    const visitor = await shopper();
    const at = (index: number) => ({ 'x-forwarded-for': `203.0.113.${100 + index}` });
    for (let index = 0; index < 25; index += 1)
      expect((await code('WELCOME10', visitor, at(index))).status).toBe(303);
    const statuses: number[] = [];
    for (let index = 0; index < 21; index += 1)
      statuses.push((await code(`guess ${index}`, visitor, at(index))).status);
    expect(statuses).toEqual([...Array<number>(20).fill(422), 429]);
  });
});
