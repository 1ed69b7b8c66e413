import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGoods } from '../support/goods.js';
import { checkoutFields, fillCart, payOrder, placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());

const EN = { locale: 'en', country: 'US', provider: 'stripe' } as const;
const FRAGMENT = { 'hx-request': 'true', 'hx-request-type': 'partial' };
const textOf = (html: string) =>
  html
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const count = async (table: string) => (await shop.db(table).count<{ count: number }[]>())[0]!.count;

describe('the cart', () => {
  it.each(['en', 'ko', 'uz'] as const)('says in %s that it is empty, and how to go on', async locale => {
    const { status, text } = await createVisitor(shop.origin).get(`/${locale}/cart`);
    expect(status).toBe(200);
    expect(text).toContain(`href="/${locale}/products"`);
    expect(text).toMatch(/<h1[^>]*>[^<]+<\/h1>/);
  });

  it('takes goods, changes, removes and clears them by plain forms', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    await fillCart(shop, visitor, 'en', 1);
    const { text } = await visitor.get('/en/cart');
    const [first, second] = [...text.matchAll(/action="(\/en\/cart\/lines\/\d+)"/g)].map(match => match[1]!);
    expect((await visitor.post(first!, { quantity: '3' })).status).toBe(303);
    expect((await visitor.get('/en/cart')).text).toContain('value="3"');
    expect((await visitor.post(`${second}/removal`, {})).status).toBe(303);
    expect((await visitor.post(`${second}/removal`, {})).status).toBe(303);
    expect([...(await visitor.get('/en/cart')).text.matchAll(/class="line"/g)]).toHaveLength(1);
    expect((await visitor.post(first!, { quantity: '0' })).status).toBe(303);
    await fillCart(shop, visitor, 'en');
    expect((await visitor.post('/en/cart/clearing', {})).location).toBe('/en/cart');
    expect(textOf((await visitor.get('/en/cart')).text)).toContain('Your cart is empty');
  });

  it('answers htmx with the panel, the badge and the message', async () => {
    const visitor = createVisitor(shop.origin);
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
    const added = await visitor.post(
      '/en/cart/lines',
      { variant: String(variantId), quantity: '2' },
      FRAGMENT,
    );
    expect(added.status).toBe(200);
    expect(added.text).toMatch(/^\s*<a[^>]*id="cart-badge"/);
    expect(added.text).toContain('hx-target="#flash"');
    const { text } = await visitor.get('/en/cart', FRAGMENT);
    expect(text).not.toContain('<html');
    const [, line] = /action="(\/en\/cart\/lines\/\d+)"/.exec(text)!;
    const changed = await visitor.post(line!, { quantity: '1' }, FRAGMENT);
    expect(changed.text).toMatch(/^\s*<div id="cart-panel">/);
    expect(changed.text).toContain('hx-target="#cart-badge"');
  });

  it.each(['-1', '1.5', '1e9', '１', '0x10', 'NaN', '100', '9007199254740992', ''])(
    'refuses the quantity %j',
    async quantity => {
      const visitor = createVisitor(shop.origin);
      const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
      const added = await visitor.post('/en/cart/lines', { variant: String(variantId), quantity });
      expect(added.status).toBe(422);
      expect(added.text).toMatch(/<title>Error: /);
      expect(visitor.cookies.has('cart')).toBe(false);
      await fillCart(shop, visitor, 'en');
      const [, line] = /action="(\/en\/cart\/lines\/\d+)"/.exec((await visitor.get('/en/cart')).text)!;
      expect((await visitor.post(line!, { quantity })).status).toBe(422);
      expect((await visitor.get('/en/cart')).text).toMatch(/name="quantity"[^>]*value="1"/);
    },
  );

  it('refuses quantities that come twice or in brackets', async () => {
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD' });
    for (const body of [
      `variant=${variantId}&quantity=1&quantity=2`,
      `variant=${variantId}&quantity[]=1`,
      `variant=${variantId}&variant=1&quantity=1`,
    ]) {
      const answered = await fetch(`${shop.origin}/en/cart/lines`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        redirect: 'manual',
      });
      expect(answered.status).toBe(422);
    }
  });

  it('knows no variant that does not exist, and no line of another cart', async () => {
    const mine = createVisitor(shop.origin);
    await fillCart(shop, mine, 'en');
    const [, line] = /action="(\/en\/cart\/lines\/\d+)"/.exec((await mine.get('/en/cart')).text)!;
    const stranger = createVisitor(shop.origin);
    await fillCart(shop, stranger, 'en', 1);
    expect((await stranger.post(line!, { quantity: '9' })).status).toBe(404);
    expect((await createVisitor(shop.origin).post(line!, { quantity: '9' })).status).toBe(404);
    expect((await mine.get('/en/cart')).text).toMatch(/name="quantity"[^>]*value="1"/);
    for (const variant of ['999999999', '1 or 1=1', '-1', '', '1e3', '9'.repeat(40)]) {
      expect([404, 422]).toContain((await mine.post('/en/cart/lines', { variant, quantity: '1' })).status);
    }
  });

  it('is another’s only with the other’s signed cookie', async () => {
    const mine = createVisitor(shop.origin);
    await fillCart(shop, mine, 'en');
    const { token } = await shop.db('carts').orderBy('id', 'desc').first<{ token: string }>('token');
    for (const cart of [token, `s%3A${token}.forged`, `s:${token}`, '1', '']) {
      const thief = createVisitor(shop.origin);
      thief.cookies.set('cart', cart);
      expect(textOf((await thief.get('/en/cart')).text)).toContain('Your cart is empty');
    }
  });

  it('shows a changed price with a notice and charges the price that was shown', async () => {
    const visitor = createVisitor(shop.origin);
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD', skip: 2 });
    await visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
    const fields = await checkoutFields(visitor, EN);
    await shop
      .db('prices')
      .where({ variant_id: variantId, currency: 'USD' })
      .update({ compare_at: null, amount: shop.db.raw('amount + 777') });
    expect(textOf((await visitor.get('/en/cart')).text)).toContain('The price has changed');
    const orders = await count('orders');
    const answered = await visitor.post('/en/checkout', fields);
    expect(answered.status).toBe(422);
    expect(textOf(answered.text)).toContain('The total has changed');
    expect(answered.text).toContain('value="Sam Lee"');
    expect(await count('orders')).toBe(orders);
  });

  it.each([
    [
      'is no longer sold',
      (id: number) => shop.db('variants').where({ id }).update({ active: false }),
      'No longer sold',
    ],
    [
      'has no price in the currency',
      (id: number) => shop.db('prices').where({ variant_id: id, currency: 'USD' }).delete(),
      'Not sold in USD',
    ],
    [
      'is sold out',
      (id: number) =>
        shop
          .db('stock')
          .where({ variant_id: id })
          .update({ reserved: shop.db.ref('on_hand') }),
      'Sold out',
    ],
  ])('marks what %s and does not let it be ordered', async (_case, harm, words) => {
    const skip = words === 'Sold out' ? 6 : words === 'Not sold in USD' ? 5 : 4;
    const visitor = createVisitor(shop.origin);
    const { variantId } = await findGoods(shop.db, { locale: 'en', currency: 'USD', skip });
    await visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
    const fields = await checkoutFields(visitor, EN);
    await harm(variantId);
    const cart = await visitor.get('/en/cart');
    expect(textOf(cart.text)).toContain(words);
    expect(cart.text).not.toContain('href="/en/checkout"');
    expect((await visitor.get('/en/checkout')).location).toBe('/en/cart');
    expect((await visitor.post('/en/checkout', fields)).location).toBe('/en/cart');
  });
});

describe('checkout', () => {
  it('sends an empty cart back', async () => {
    expect((await createVisitor(shop.origin).get('/en/checkout')).location).toBe('/en/cart');
    expect((await createVisitor(shop.origin).post('/en/checkout', {})).status).toBe(303);
  });

  it('gives back what was typed, names each error on top and beside its field', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'ko');
    const fields = await checkoutFields(visitor, { locale: 'ko', country: 'KR', provider: 'toss' });
    const { status, text } = await visitor.post('/ko/checkout', {
      ...fields,
      email: '<b>"x',
      postal_code: '135-080',
      terms: '',
    });
    expect(status).toBe(422);
    expect(text).toContain('value="&lt;b&gt;&#34;x"');
    expect(text).toContain('value="135-080"');
    for (const field of ['email', 'postal_code', 'terms']) {
      expect(text).toContain(`href="#${field}"`);
      expect(text).toContain(`id="${field}-error"`);
    }
    expect(text).not.toContain('id="name-error"');
  });

  it('refuses a total that was not the one shown, whichever way it differs', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    const fields = await checkoutFields(visitor, EN);
    const orders = await count('orders');
    for (const tampered of [
      { expected_total: '1' },
      { expected_total: '0' },
      { expected_total: '-100' },
      { expected_total: '1e2' },
      { expected_total: '9007199254740993' },
      { expected_currency: 'KRW' },
      { expected_currency: 'XXX' },
    ]) {
      expect((await visitor.post('/en/checkout', { ...fields, ...tampered })).status).toBe(422);
    }
    expect(await count('orders')).toBe(orders);
  });

  it('shows the form of another country with all that was typed', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    const fields = await checkoutFields(visitor, EN);
    const changed = await visitor.post('/en/checkout/country', { ...fields, country: 'UZ' });
    expect(changed.status).toBe(200);
    expect(changed.text).toContain('Fargʻona');
    expect(changed.text).toContain('value="Sam Lee"');
    const fragment = await visitor.post('/en/checkout/country', { ...fields, country: 'KR' }, FRAGMENT);
    expect(fragment.text).toContain('id="checkout-form"');
    expect(fragment.text).not.toContain('<html');
    // Pay pressed without asking for the other form: the change is told, not guessed.
    const pressed = await visitor.post('/en/checkout', { ...fields, country: 'UZ' });
    expect(pressed.status).toBe(422);
    expect(textOf(pressed.text)).toContain('The country has changed');
  });

  it('does not deliver where there is no rate', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en');
    const fields = await checkoutFields(visitor, EN);
    for (const country of ['AQ', 'XX', 'us', '', "'"]) {
      expect([422, 303]).toContain(
        (await visitor.post('/en/checkout', { ...fields, country, form_country: country })).status,
      );
    }
    const { location } = await visitor.post('/en/checkout', { ...fields, country: 'AQ', form_country: 'AQ' });
    expect(location).toBeNull();
  });

  it('ignores fields that are not the buyer’s to fill', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 7);
    const fields = await checkoutFields(visitor, EN);
    await visitor.post('/en/checkout', {
      ...fields,
      state: 'paid',
      total: '1',
      paid_at: 'now',
      user_id: '1',
      discount: '100',
      price: '0',
    });
    const order = await shop
      .db('orders')
      .orderBy('id', 'desc')
      .first<{ state: string; total: number }>('state', 'total');
    expect(order).toMatchObject({ state: 'pending', total: Number(fields.expected_total) });
  });

  it('is limited to thirty orders in ten minutes from one address', async () => {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, 'en', 8);
    const fields = await checkoutFields(visitor, EN);
    const from = { 'x-forwarded-for': '198.51.100.9' };
    const answers = [];
    for (let round = 0; round < 31; round += 1)
      answers.push(await visitor.post('/en/checkout', { ...fields, note: 'same' }, from));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(answers.at(-1)!.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('an order page', () => {
  it('is shown to the browser that placed it and to the key, and is not found by anybody else', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 9 });
    const stranger = createVisitor(shop.origin);
    const page = `/en/orders/${placed.number}`;
    expect((await placed.visitor.get(page)).status).toBe(200);
    expect((await stranger.get(placed.link)).status).toBe(200);
    const key = placed.link.split('key=')[1]!;
    for (const wrong of [
      '',
      '?key=',
      '?key=null',
      '?key=undefined',
      '?key=%00',
      `?key[]=${key}`,
      `?key=${key}x`,
      `?key=${key.slice(1)}`,
      `?key=${key}&key=${key}`,
    ]) {
      expect((await stranger.get(page + wrong)).status).toBe(404);
    }
    for (const change of ['payment', 'cancellation']) {
      expect((await stranger.post(`${page}/${change}`, {})).status).toBe(404);
      expect((await stranger.post(`${page}/${change}?key=`, {})).status).toBe(404);
    }
    const other = await placeOrder(shop, { ...EN, skip: 10 });
    expect((await other.visitor.get(page)).status).toBe(404);
    expect((await stranger.get(`${page}?key=${other.link.split('key=')[1]}`)).status).toBe(404);
  });

  it.each(['en', 'ko', 'uz'] as const)('says in %s what happens next once it is paid', async locale => {
    const country = ({ en: 'US', ko: 'KR', uz: 'UZ' } as const)[locale];
    const placed = await placeOrder(shop, { locale, country, provider: 'stripe', skip: 11 });
    const shown = await payOrder(shop, placed, 'stripe');
    expect(shown.text).toContain(placed.number);
    expect(shown.text).toContain(placed.link.replaceAll('&', '&amp;'));
    expect(shown.headers.get('cache-control')).toContain('no-store');
    expect(textOf(shown.text)).not.toMatch(/\b(orders|cart|shared)\.[a-z]/);
    expect((await placed.visitor.get(`/${locale}/cart`)).text).not.toContain('class="line"');
  });

  it('lets an unpaid order be canceled, once and again, and gives its stock back', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 12 });
    const { text } = await placed.visitor.get(`/en/orders/${placed.number}`);
    const action = /action="([^"]*cancellation[^"]*)"/.exec(text)![1]!;
    expect((await placed.visitor.post(action, {})).status).toBe(303);
    expect(textOf((await placed.visitor.get(placed.link)).text)).toContain('This order is canceled');
    expect((await placed.visitor.post(action, {})).status).toBe(303);
    expect(
      await shop
        .db('stock_reservations')
        .join('orders', 'orders.id', 'order_id')
        .where({ number: placed.number, 'stock_reservations.state': 'active' }),
    ).toHaveLength(0);
  });

  it('refuses to cancel what is paid', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 13 });
    await payOrder(shop, placed, 'stripe');
    const shown = await placed.visitor.post(`/en/orders/${placed.number}/cancellation`, {});
    expect(textOf((await placed.visitor.open(shown.location!)).text)).toContain('Thank you');
  });
});

describe('find an order', () => {
  it('opens it for its address and number, however they are typed', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 14 });
    const visitor = createVisitor(shop.origin);
    const found = await visitor.post(
      '/en/orders/find',
      { email: ' SAM.LEE@example.com ', number: placed.number.toLowerCase().replace('-', ' ') },
      { 'x-forwarded-for': '198.51.100.20' },
    );
    expect(found.location).toBe(`/en/orders/${placed.number}`);
    expect((await visitor.get(found.location!)).status).toBe(200);
  });

  it('tells nothing on a miss: same status, same words, no mail', async () => {
    const placed = await placeOrder(shop, { ...EN, skip: 15 });
    await shop.settled();
    shop.mail.clear();
    const search = async (email: string, number: string, ip: string) => {
      const answered = await createVisitor(shop.origin).post(
        '/en/orders/find',
        { email, number },
        { 'x-forwarded-for': ip },
      );
      return {
        status: answered.status,
        words: textOf(answered.text).replaceAll(email, '').replaceAll(number, ''),
      };
    };
    const wrongAddress = await search('else@example.com', placed.number, '198.51.100.21');
    const noSuchNumber = await search('else@example.net', 'AAAA-AAAA', '198.51.100.22');
    expect(wrongAddress.status).toBe(422);
    expect(noSuchNumber).toEqual(wrongAddress);
    expect(shop.mail.letters()).toHaveLength(0);
  });

  it('allows five tries in fifteen minutes, for an address and for a number', async () => {
    const tryFrom = (ip: string, email: string, number: string) =>
      createVisitor(shop.origin).post('/en/orders/find', { email, number }, { 'x-forwarded-for': ip });
    const statuses = [];
    for (let round = 0; round < 6; round += 1)
      statuses.push((await tryFrom(`203.0.113.${round}`, `a${round}@example.com`, 'CCCC-CCCC')).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
    for (let round = 0; round < 5; round += 1)
      await tryFrom(`203.0.113.${20 + round}`, 'one@example.com', `DDDD-DDD${'34679'[round]}`);
    expect((await tryFrom('203.0.113.30', 'One@example.com', 'EEEE-EEEE')).status).toBe(429);
  });

  it.each([
    [{ email: '', number: '' }, ['email', 'number']],
    [{ email: 'x', number: '123' }, ['email', 'number']],
    [{ email: 'a@example.com', number: 'O0O0-O0O0' }, ['number']],
  ])('names what is missing in %j', async (fields, wrong) => {
    const { status, text } = await createVisitor(shop.origin).post('/en/orders/find', fields);
    expect(status).toBe(422);
    for (const field of wrong) expect(text).toContain(`id="${field}-error"`);
  });
});
