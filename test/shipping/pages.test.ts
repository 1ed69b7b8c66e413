import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../src/platform/db.js';
import { checkoutFields, fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());

const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' };
const textOf = (html: string) =>
  html
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00A0', ' ')
    .replace(/\s+/g, ' ');
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
const chosen = (html: string) => /name="shipping_method" value="(\w+)"[^>]* checked/.exec(html)?.[1];

/** The cheapest, or the dearest, piece of the demo within a weight, by its variant and its product's Korean slug. */
async function goods(kind: 'light' | 'heavy') {
  const found = await row<{ variantId: number; slug: string }>(
    shop.db,
    kind === 'light'
      ? `select v.id as "variantId", t.slug from variants v join prices p on p.variant_id = v.id and p.currency = 'KRW'
           join product_translations t on t.product_id = v.product_id and t.locale = 'ko'
           join stock s on s.variant_id = v.id
          where p.amount < 45000 and v.weight_grams < 5000 and s.on_hand > 9 order by v.id limit 1`
      : `select v.id as "variantId", t.slug from variants v
           join product_translations t on t.product_id = v.product_id and t.locale = 'ko'
           join stock s on s.variant_id = v.id
          where v.weight_grams > 100000 and v.weight_grams < 200000 and s.on_hand > 5 order by v.id limit 1`,
  );
  return found!;
}

const deliverTo = (visitor: Visitor, place: Record<string, string>, locale = 'ko') =>
  visitor.post(`/${locale}/country`, { return_to: `/${locale}/cart`, ...place });
async function koreanCart(kind: 'light' | 'heavy' = 'light'): Promise<Visitor> {
  const visitor = createVisitor(shop.origin);
  const { variantId } = await goods(kind);
  await visitor.post('/ko/cart/lines', { variant: String(variantId), quantity: '1' });
  return visitor;
}

describe('a product page', () => {
  it('says what delivery costs and when it arrives, for the place the shopper named', async () => {
    const visitor = createVisitor(shop.origin);
    const { slug } = await goods('light');
    const page = async () => textOf((await visitor.get(`/ko/products/${encodeURIComponent(slug)}`)).text);
    const mainland = await page();
    expect(mainland).toMatch(/일반 배송 · ₩3,000 · [^·]*도착 예정/);
    expect(mainland).toMatch(/빠른 배송 · ₩7,000/);
    expect(mainland).toContain('₩50,000 이상 주문하면 무료 배송');
    expect(mainland).toContain('내륙 기준');
    await deliverTo(visitor, { country: 'KR', postal_code: '６３１００' });
    const jeju = await page();
    expect(jeju).toContain('대한민국, 63100');
    expect(jeju).toMatch(/일반 배송 · ₩6,000/);
    expect(jeju).not.toContain('빠른 배송');
    expect(jeju).not.toContain('이상 주문하면 무료 배송');
    expect(jeju).not.toContain('내륙 기준');
  });

  it('says that something heavy is not delivered to an island, and what to do', async () => {
    const visitor = createVisitor(shop.origin);
    const { slug, variantId } = await goods('heavy');
    const address = `/ko/products/${encodeURIComponent(slug)}?variant=${variantId}`;
    expect(textOf((await visitor.get(address)).text)).toMatch(/화물 배송 \(2인 운반\) · ₩20,000/);
    await deliverTo(visitor, { country: 'KR', postal_code: '40200' });
    const { text } = await visitor.get(address);
    expect(textOf(text)).toContain('상품이 무거워 대한민국, 40200에는 배송할 수 없습니다');
    expect(text).toContain('href="/ko/contact"');
    expect(text).toContain(`href="/ko/country?return_to=${encodeURIComponent(address)}"`);
    expect(text).not.toContain('shippingDetails');
  });

  it('tells machines the same cost', async () => {
    const { slug } = await goods('light');
    const { text } = await createVisitor(shop.origin).get(`/ko/products/${encodeURIComponent(slug)}`);
    const product = JSON.parse(
      /<script type="application\/ld\+json">(\{.*?"Product".*?)<\/script>/s.exec(text)![1]!,
    ) as {
      offers: { shippingDetails: { shippingRate: { value: string; currency: string } } }[];
    };
    expect(product.offers[0]!.shippingDetails.shippingRate).toMatchObject({ value: '3000', currency: 'KRW' });
  });
});

describe('where to deliver', () => {
  it('is a page of its own that leads back', async () => {
    const visitor = createVisitor(shop.origin);
    const { status, text } = await visitor.get('/uz/country?return_to=%2Fuz%2Fproducts');
    expect(status).toBe(200);
    expect(text).toContain('Qoraqalpogʻiston');
    expect(hidden(text.split('<main')[1]!, 'return_to')).toBe('/uz/products');
    const saved = await visitor.post('/uz/country', {
      country: 'UZ',
      region: 'UZ-XO',
      return_to: '/uz/products',
    });
    expect([saved.status, saved.location]).toEqual([303, '/uz/products']);
    expect((await visitor.get('/uz/country')).text).toMatch(/value="UZ-XO" selected/);
  });

  it('comes back with a postcode that is none, as it was typed', async () => {
    const visitor = createVisitor(shop.origin);
    const { status, text } = await deliverTo(visitor, { country: 'KR', postal_code: '135-080"' });
    expect(status).toBe(422);
    expect(text).toMatch(/<title>오류/);
    expect(text).toContain('value="135-080&#34;"');
    expect(text).toContain('href="#postal_code"');
    expect(text).toContain('id="postal_code-error"');
    expect(visitor.cookies.has('country')).toBe(false);
  });

  it.each([
    ['a region of no country', { country: 'UZ', region: 'Atlantis' }, 'UZ'],
    ['a postcode beside another country', { country: 'US', postal_code: '63100' }, 'US'],
    ['a Korean postcode with blanks', { country: 'KR', postal_code: ' 631 00 ' }, 'KR:63100'],
    ['a country it does not deliver to', { country: 'AQ' }, undefined],
    ['nothing', {}, undefined],
  ])('keeps of %s what is true', async (_what, typed, kept) => {
    const visitor = createVisitor(shop.origin);
    const { location } = await deliverTo(visitor, { ...typed, return_to: 'https://evil.example/' });
    expect(location).toBe('/ko/');
    const cookie = visitor.cookies.get('country');
    expect(cookie && decodeURIComponent(cookie)).toBe(kept);
  });

  it.each([
    ['KR:63100', 'KR', '63100'],
    ['KR:999', 'KR', ''],
    ['UZ:UZ-XO', 'UZ', 'UZ-XO'],
    ['UZ:Atlantis', 'UZ', ''],
    ['US:63100', 'US', undefined],
    ["KR:'--", 'KR', ''],
    [':', 'US', undefined],
    ['kr', 'US', undefined],
  ])('takes of the cookie %j what is true', async (cookie, country, detail) => {
    const visitor = createVisitor(shop.origin);
    visitor.cookies.set('country', encodeURIComponent(cookie));
    const form = (await visitor.get('/en/country')).text.split('<main')[1]!;
    expect(/<option value="(..)" selected/.exec(form)?.[1]).toBe(country);
    const postcode = /name="postal_code"[^>]* value="([^"]*)"/.exec(form)?.[1];
    const region = /name="region"/.test(form)
      ? (/<option value="(UZ-..)" selected/.exec(form)?.[1] ?? '')
      : undefined;
    expect(postcode ?? region).toBe(detail);
  });
});

describe('delivery in the cart', () => {
  it('is the cheapest until another is chosen, with the whole cost in the total', async () => {
    const visitor = await koreanCart();
    const before = await visitor.get('/ko/cart');
    expect(chosen(before.text)).toBe('standard');
    expect(textOf(before.text)).toContain('배송비 (대한민국) ₩3,000');
    const posted = await visitor.post('/ko/cart/delivery', { shipping_method: 'express' });
    expect([posted.status, posted.location]).toEqual([303, '/ko/cart']);
    const after = await visitor.get('/ko/cart');
    expect(chosen(after.text)).toBe('express');
    expect(textOf(after.text)).toContain('배송비 (대한민국) ₩7,000');
  });

  it('answers htmx with the panel', async () => {
    const visitor = await koreanCart();
    const { status, text } = await visitor.post(
      '/ko/cart/delivery',
      { shipping_method: 'express' },
      FRAGMENT,
    );
    expect(status).toBe(200);
    expect(text).toMatch(/^\s*<div id="cart-panel">/);
    expect(chosen(text)).toBe('express');
  });

  it.each(['freight', 'drone', '', '__proto__'])('refuses the method %j with words', async code => {
    const visitor = await koreanCart();
    const { status, text } = await visitor.post('/ko/cart/delivery', { shipping_method: code });
    expect(status).toBe(422);
    expect(textOf(text)).toContain('표시된 방법 중에서 선택해 주세요');
    expect(chosen(text)).toBe('standard');
  });

  it('changes nobody else’s cart', async () => {
    const mine = await koreanCart();
    await createVisitor(shop.origin).post('/ko/cart/delivery', { shipping_method: 'express' });
    expect(chosen((await mine.get('/ko/cart')).text)).toBe('standard');
  });

  it('goes over to what is offered where the chosen one is not', async () => {
    const visitor = await koreanCart();
    await visitor.post('/ko/cart/delivery', { shipping_method: 'express' });
    await deliverTo(visitor, { country: 'KR', postal_code: '63100' });
    const words = textOf((await visitor.get('/ko/cart')).text);
    expect(words).toContain('배송비 (대한민국, 63100) ₩6,000');
    expect(words).toContain('대한민국, 63100 지역 추가 배송비 ₩3,000 포함');
  });

  it('is made free by a discount as far as the cheapest rate goes, no further', async () => {
    const visitor = await koreanCart();
    const total = async () => hidden((await visitor.get('/ko/checkout')).text, 'expected_total');
    const before = Number(await total());
    await visitor.post('/ko/cart/discount', { code: 'FREEPOST' });
    expect(Number(await total())).toBe(before - 3_000);
    await visitor.post('/ko/cart/delivery', { shipping_method: 'express' });
    expect(Number(await total())).toBe(before + 1_000);
  });

  it('counts each heavy piece', async () => {
    const visitor = createVisitor(shop.origin);
    const { variantId } = await goods('heavy');
    await visitor.post('/ko/cart/lines', { variant: String(variantId), quantity: '2' });
    expect(textOf((await visitor.get('/ko/cart')).text)).toContain('무거운 상품 2개의 추가 운임');
    expect(textOf((await visitor.get('/ko/cart')).text)).toContain('배송비 (대한민국) ₩40,000');
  });

  it('is explained part by part: the rate, what made it free, the surcharge; they add up', async () => {
    const visitor = await koreanCart();
    await deliverTo(visitor, { country: 'KR', postal_code: '63100' });
    const story = async (path: string) =>
      /가격이 계산된 과정 .*?합계/.exec(textOf((await visitor.get(path)).text))?.[0] ?? '';
    expect(await story('/ko/cart')).toMatch(/배송비 ₩3,000 지역 추가 배송비 ₩3,000/);
    const { variantId } = await goods('light');
    await visitor.post('/ko/cart/lines', { variant: String(variantId), quantity: '8' });
    expect(await story('/ko/cart')).toMatch(
      /배송비 ₩3,000 ₩50,000 이상 구매 시 기본 배송비 무료 −₩3,000 지역 추가 배송비 ₩3,000/,
    );
  });

  it('stops before checkout where nothing goes, and says what to do', async () => {
    const visitor = await koreanCart('heavy');
    await deliverTo(visitor, { country: 'KR', postal_code: '40240' });
    const { text } = await visitor.get('/ko/cart');
    expect(textOf(text)).toContain('너무 무거워 대한민국, 40240에 배송할 수 없는 상품');
    expect(text).not.toContain('href="/ko/checkout"');
  });
});

describe('delivery at checkout', () => {
  const KO = { locale: 'ko', country: 'KR', provider: 'toss' } as const;
  const newest = () =>
    row<{
      method: string;
      name: string;
      cost: number;
      from: string;
      to: string;
      total: number;
      postal: string;
    }>(
      shop.db,
      `select shipping_method as method, shipping_method_name as name, shipping_total as cost, delivery_from as "from",
              delivery_to as "to", total, postal_code as postal from orders order by id desc limit 1`,
    );
  const orders = async () => (await shop.db('orders').count<{ count: number }[]>())[0]!.count;

  it('keeps method, name in the order’s language, cost and dates with the order', async () => {
    const visitor = await koreanCart();
    const fields = await checkoutFields(visitor, KO);
    const shown = await visitor.post('/ko/checkout/country', { ...fields, shipping_method: 'express' });
    expect(shown.status).toBe(200);
    expect(chosen(shown.text)).toBe('express');
    expect(shown.text).toContain('value="김민지"');
    const total = hidden(shown.text, 'expected_total')!;
    expect(Number(total)).toBe(Number(fields.expected_total) + 4_000);
    const placed = await visitor.post('/ko/checkout', {
      ...fields,
      shipping_method: 'express',
      expected_total: total,
    });
    expect(placed.location).toContain(shop.toss.origin);
    const order = (await newest())!;
    expect(order).toMatchObject({ method: 'express', name: '빠른 배송', cost: 7_000, total: Number(total) });
    expect(order.from).toBe(order.to);
  });

  it('keeps with the order what its cost was made of', async () => {
    const visitor = await koreanCart('heavy');
    const fields = await checkoutFields(visitor, KO);
    expect((await visitor.post('/ko/checkout', fields)).location).toContain(shop.toss.origin);
    const order = await row<{ number: string; parts: object }>(
      shop.db,
      `select number, explanation -> 'shippingParts' as parts from orders order by id desc limit 1`,
    );
    expect(order?.parts).toEqual({
      rate: 10_000,
      freeFrom: 50_000,
      heavyPieces: 1,
      heavy: 20_000,
      surcharge: 0,
    });
    const page = textOf((await visitor.get(`/ko/orders/${order?.number}`)).text);
    expect(page).toContain('무거운 상품 1개 추가 운임 ₩20,000');
  });

  it('is not changed in silence: another method than the total’s comes back', async () => {
    const visitor = await koreanCart();
    const fields = await checkoutFields(visitor, KO);
    const before = await orders();
    const { status, text } = await visitor.post('/ko/checkout', { ...fields, shipping_method: 'express' });
    expect(status).toBe(422);
    expect(textOf(text)).toContain('결제 금액이 바뀌었습니다');
    expect(await orders()).toBe(before);
  });

  it('follows the postcode that is typed: the new total comes back with all that was typed', async () => {
    const visitor = await koreanCart();
    const fields = { ...(await checkoutFields(visitor, KO)), postal_code: '63-100', note: '문 앞에' };
    const before = await orders();
    const again = await visitor.post('/ko/checkout', fields);
    expect(again.status).toBe(422);
    expect(textOf(again.text)).toContain('결제 금액이 바뀌었습니다');
    expect(again.text).toContain('value="63-100"');
    expect(again.text).toContain('문 앞에');
    expect(textOf(again.text)).toContain('₩6,000');
    expect(await orders()).toBe(before);
    const agreed = hidden(again.text, 'expected_total')!;
    const placed = await visitor.post('/ko/checkout', { ...fields, expected_total: agreed });
    expect(placed.location).toContain(shop.toss.origin);
    expect(await newest()).toMatchObject({ method: 'standard', cost: 6_000, postal: '63100' });
    // It is remembered for the next visit.
    expect(decodeURIComponent(visitor.cookies.get('country')!)).toBe('KR:63100');
  });

  it('follows the region that is chosen in Uzbekistan', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'uz', 12);
    const fields = await checkoutFields(visitor, { locale: 'uz', country: 'UZ', provider: 'stripe' });
    const { status, text } = await visitor.post('/uz/checkout', { ...fields, region: 'UZ-QR' });
    expect(status).toBe(422);
    expect(Number(hidden(text, 'expected_total'))).toBeGreaterThan(Number(fields.expected_total));
  });

  it('refuses a method that does not serve the address, with words', async () => {
    const visitor = await koreanCart();
    const fields = {
      ...(await checkoutFields(visitor, KO)),
      postal_code: '63100',
      shipping_method: 'express',
    };
    const before = await orders();
    for (const shipping_method of ['express', 'freight', 'drone']) {
      const { status, text } = await visitor.post('/ko/checkout', { ...fields, shipping_method });
      expect(status).toBe(422);
      expect(textOf(text)).toContain('선택하신 배송 방법을 이용할 수 없습니다');
      expect(text).toContain('href="#shipping_method"');
      expect(text).toContain('id="shipping_method"');
    }
    expect(await orders()).toBe(before);
  });

  it('refuses what is too heavy for the address, beside the postcode', async () => {
    const visitor = await koreanCart('heavy');
    const fields = { ...(await checkoutFields(visitor, KO)), postal_code: '40200' };
    const before = await orders();
    const { status, text } = await visitor.post('/ko/checkout', fields);
    expect(status).toBe(422);
    expect(text).toContain('id="postal_code-error"');
    expect(textOf(text)).toContain('너무 무거워 이 주소로 배송할 수 없는');
    expect(await orders()).toBe(before);
  });

  it('makes one order of the same form sent twice, whether or not the method is named', async () => {
    const visitor = await koreanCart();
    const fields = await checkoutFields(visitor, KO);
    const before = await orders();
    const answers = await Promise.all([
      visitor.post('/ko/checkout', fields),
      visitor.post('/ko/checkout', { ...fields, shipping_method: 'standard' }),
    ]);
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    expect(await orders()).toBe(before + 1);
  });
});
