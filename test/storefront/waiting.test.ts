import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { correctStock, receiveStock } from '../../src/inventory/index.js';
import { LOCALE_CURRENCY, LOCALES, type Locale } from '../../src/lib/locale.js';
import { addMs, DAY, HOUR } from '../../src/lib/time.js';
import { forgetStockLetters } from '../../src/mail/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { findGoods, type Goods } from '../support/goods.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Answered } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  // Askers come from different addresses, as behind a platform's proxy.
  shop = await startShop({ environment: { TRUST_PROXY: '1' } });
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  shop.mail.clear();
  expect(await audit(shop.db)).toEqual([]);
});

let askers = 0;
const nextAsker = () => `waiting${(askers += 1)}@example.com`;
const because = () => ({ actor: 'test', cause: 'a test', now: shop.now() });

/** A product whose one variant asked for is sold out, as `locale` names it. */
async function soldOut(locale: Locale, skip = 0): Promise<Goods> {
  const goods = await findGoods(shop.db, { locale, currency: LOCALE_CURRENCY[locale], skip });
  await inTransaction(shop.db, tx =>
    correctStock(tx, { ...because(), variantId: goods.variantId, onHand: 0 }),
  );
  return goods;
}
const come = (variantId: number, quantity = 3) =>
  inTransaction(shop.db, tx => receiveStock(tx, { ...because(), variantId, quantity }));

function ask(
  locale: Locale,
  { slug, variantId }: Goods,
  email: string,
  headers: Record<string, string> = {},
): Promise<Answered> {
  return createVisitor(shop.origin).post(
    encodeURI(`/${locale}/products/${slug}/stock-requests`),
    { variant: String(variantId), email },
    { 'x-forwarded-for': `198.51.100.${askers % 250}`, ...headers },
  );
}
const lettersTo = (email: string) => shop.mail.letters().filter(({ to }) => to.includes(email));
/** Paths of a letter's links to requests, in the order in which they stand there: confirming, stopping. */
const linksIn = (text: string) =>
  [...text.matchAll(/https?:\/\/\S+\/stock-requests\/\S+/g)].map(([url]) => new URL(url).pathname);
async function linksOf(email: string): Promise<[confirm: string, stop: string]> {
  await shop.settled();
  const [letter] = lettersTo(email);
  const [confirm, stop] = linksIn(letter?.text ?? '');
  if (!confirm || !stop) throw new Error('no letter with two links');
  return [confirm, stop];
}
const visitor = () => createVisitor(shop.origin);

describe.each(LOCALES)('in %s', locale => {
  it('a sold-out variant is asked for, confirmed from the mailbox and heard of once', async () => {
    const goods = await soldOut(locale);
    const email = nextAsker();
    const page = await visitor().get(
      encodeURI(`/${locale}/products/${goods.slug}?variant=${goods.variantId}`),
    );
    expect(page.text).toContain('/stock-requests"');

    const asked = await ask(locale, goods, email);
    expect(asked.status).toBe(303);
    const [confirm] = await linksOf(email);
    const letter = lettersTo(email)[0]!;
    expect(letter.html).toContain(confirm);
    expect(letter.text).not.toMatch(/mail\.|\{\{/);

    const browser = visitor();
    const shown = await browser.get(confirm);
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    // Looking is not saying yes: mail servers open links.
    expect(await shop.db('stock_requests').where({ email }).pluck('confirmed_at')).toEqual([null]);
    const action = /<form method="post" action="([^"]*confirmation)"/.exec(shown.text)![1]!;
    expect((await browser.post(action, {})).location).toBe(confirm);
    expect((await browser.post(action, {})).location).toBe(confirm);
    expect((await browser.get(confirm)).text).not.toContain('confirmation"');

    shop.mail.clear();
    await come(goods.variantId);
    await shop.settled();
    const [back, ...more] = lettersTo(email);
    expect(more).toEqual([]);
    expect(back!.text).toContain(encodeURI(`/${locale}/products/`));
    expect(back!.text).not.toMatch(/mail\.|\{\{/);
    await soldOut(locale);
    await come(goods.variantId, 9);
    await shop.settled();
    expect(lettersTo(email)).toHaveLength(1);
  });
});

describe('the answer', () => {
  it('is the same for a new address, one that waits and one that was confirmed', async () => {
    const goods = await soldOut('en', 1);
    const email = nextAsker();
    const seen = (answered: Answered) => [answered.status, answered.location, answered.text.length];
    const fresh = seen(await ask('en', goods, nextAsker()));
    const first = seen(await ask('en', goods, email));
    const again = seen(await ask('en', goods, email));
    const [confirm] = await linksOf(email);
    await visitor().post(`${confirm}/confirmation`, {});
    const confirmed = seen(await ask('en', goods, email));
    expect([first, again, confirmed]).toEqual([fresh, fresh, fresh]);
    expect(await shop.db('stock_requests').where({ email })).toHaveLength(1);
  });

  it('is the page as typed, with what to mend, for what is no address', async () => {
    const goods = await soldOut('ko', 1);
    for (const typed of [
      '',
      'minji',
      'a@b@c.kr',
      'minji@example.com\nbcc: x@y.z',
      '<b>@x.kr',
      `${'a'.repeat(70)}@x.kr`,
    ]) {
      const { status, text } = await ask('ko', goods, typed);
      expect(status, typed).toBe(422);
      expect(text).toMatch(/<title>오류: /);
      expect(text).toContain('href="#email"');
      expect(text).toContain('id="email-error"');
    }
    expect((await ask('ko', goods, 'minji "kim"')).text).toContain('value="minji &#34;kim&#34;"');
  });

  it('is 404 for a variant of another product, and for a product that is none', async () => {
    const [goods, other] = [await soldOut('en', 1), await soldOut('en', 2)];
    for (const strange of [String(other.variantId), '', '0', '-1', '1e3', '９']) {
      const answered = await visitor().post(`/en/products/${goods.slug}/stock-requests`, {
        variant: strange,
        email: nextAsker(),
      });
      expect(answered.status, strange).toBe(404);
    }
    expect((await ask('en', { ...goods, slug: 'nope' }, nextAsker())).status).toBe(404);
  });

  it('for what is there says so and keeps no address', async () => {
    const goods = await findGoods(shop.db, { locale: 'en', currency: 'USD', skip: 3 });
    const email = nextAsker();
    const browser = visitor();
    const answered = await browser.post(`/en/products/${goods.slug}/stock-requests`, {
      variant: String(goods.variantId),
      email,
    });
    expect((await browser.get(answered.location!)).text).toContain('It is in stock now');
    expect(await shop.db('stock_requests').where({ email })).toEqual([]);
  });

  it('is "too many" after five letters to one address, whoever asks, and after twenty tries from one place', async () => {
    const goods = await soldOut('en', 1);
    const email = nextAsker();
    const tries = [];
    for (let index = 0; index < 6; index += 1)
      tries.push(
        (
          await ask('en', goods, index % 2 ? email : email.toUpperCase(), {
            'x-forwarded-for': `203.0.113.${index}`,
          })
        ).status,
      );
    expect(tries).toEqual([303, 303, 303, 303, 303, 429]);
    let last = 0;
    for (let index = 0; index < 21; index += 1)
      last = (await ask('en', goods, nextAsker(), { 'x-forwarded-for': '203.0.113.99' })).status;
    expect(last).toBe(429);
  });
});

describe('a link', () => {
  it('stops a request that waits, before and after it was confirmed', async () => {
    const goods = await soldOut('uz', 2);
    const email = nextAsker();
    await ask('uz', goods, email);
    const [confirm, stop] = await linksOf(email);
    await visitor().post(`${confirm}/confirmation`, {});
    const shown = await visitor().get(stop);
    expect(shown.text).toContain('ending"');
    expect((await visitor().post(`${stop}/ending`, {})).location).toBe(stop);
    expect((await visitor().get(stop)).text).not.toContain('ending"');
    shop.mail.clear();
    await come(goods.variantId);
    await shop.settled();
    expect(lettersTo(email)).toEqual([]);
  });

  it('of one purpose opens nothing of the other', async () => {
    const email = nextAsker();
    await ask('en', await soldOut('en', 2), email);
    const [confirm, stop] = await linksOf(email);
    expect((await visitor().post(`${stop}/confirmation`, {})).status).toBe(404);
    expect((await visitor().post(`${confirm}/ending`, {})).status).toBe(404);
    expect(await shop.db('stock_requests').where({ email }).select('confirmed_at', 'ended_at')).toEqual([
      { confirmed_at: null, ended_at: null },
    ]);
  });

  it('that is made up is 404', async () => {
    for (const token of ['AAAAAAAAAAAAAAAAAAAAAAAA', 'x', '%00', 'a'.repeat(500)]) {
      for (const rest of ['/confirmation', '/ending'])
        expect((await visitor().post(`/en/stock-requests/${token}${rest}`, {})).status).toBe(404);
      expect((await visitor().get(`/en/stock-requests/${token}`)).status).toBe(404);
    }
  });

  it('confirmed when there are pieces already leads to the product', async () => {
    const goods = await soldOut('en', 4);
    const email = nextAsker();
    await ask('en', goods, email);
    const [confirm] = await linksOf(email);
    await come(goods.variantId);
    const answered = await visitor().post(`${confirm}/confirmation`, {});
    expect(answered.location).toContain(`/en/products/${goods.slug}?variant=`);
    await shop.settled();
    expect(lettersTo(email)).toHaveLength(1);
  });

  it('that is older than two days confirms nothing and says how to go on', async () => {
    const goods = await soldOut('en', 5);
    const email = nextAsker();
    await ask('en', goods, email);
    const [confirm] = await linksOf(email);
    shop.advance(49 * HOUR);
    const shown = await visitor().get(confirm);
    expect(shown.status).toBe(410);
    expect(shown.text).not.toContain('confirmation"');
    expect(shown.text).toContain(`/en/products/${goods.slug}?variant=`);
    await visitor().post(`${confirm}/confirmation`, {});
    expect(await shop.db('stock_requests').where({ email }).pluck('confirmed_at')).toEqual([null]);
  });
});

it('who got letters about sold-out goods is forgotten after thirty days, letters about orders are not', async () => {
  const email = nextAsker();
  await ask('en', await soldOut('en', 5), email);
  await linksOf(email);
  const kept = () => shop.db('letters').where({ recipient: email });
  const [{ event_id: eventId, created_at: written }] = (await kept()) as [
    { event_id: number; created_at: Date },
  ];
  const other = { event_id: eventId, kind: 'order-placed', recipient: 'buyer@example.com', locale: 'en' };
  await shop.db('letters').insert({ ...other, created_at: written });
  await forgetStockLetters(shop.db, { now: addMs(written, 29 * DAY) });
  expect(await kept()).toHaveLength(1);
  await forgetStockLetters(shop.db, { now: addMs(written, 31 * DAY) });
  expect(await kept()).toEqual([]);
  expect(await shop.db('letters').where({ recipient: other.recipient })).toHaveLength(1);
});
