import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { correctStock, receiveStock } from '../../src/inventory/index.js';
import { LOCALES } from '../../src/lib/locale.js';
import { inTransaction } from '../../src/platform/db.js';
import { findGoods } from '../support/goods.js';
import { placeOrder } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor, type Answered, type Visitor } from '../support/visitor.js';

let shop: Shop;
let staff: Visitor;
let userId: number;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  ({ visitor: staff, userId } = await atTheDesk(shop, { role: 'staff' }));
});
afterAll(() => shop.close());
afterEach(async () => {
  expect(await audit(shop.db)).toEqual([]);
});

interface Counts {
  on_hand: number;
  reserved: number;
  low_threshold: number;
}
const stockOf = (variantId: number) =>
  shop.db('stock').where({ variant_id: variantId }).first<Counts>('on_hand', 'reserved', 'low_threshold');
const lastMovement = (variantId: number) =>
  shop
    .db('stock_movements')
    .where({ variant_id: variantId })
    .orderBy('id', 'desc')
    .first<{ kind: string; delta: number; actor: string; cause: string; reason: string | null }>(
      'kind',
      'delta',
      'actor',
      'cause',
      'reason',
    );
const logged = (variantId: number, action: string) =>
  shop
    .db('audit_log')
    .where({ subject: `variant:${variantId}`, action })
    .orderBy('id')
    .select<{ before: unknown; after: unknown; user_id: number }[]>('before', 'after', 'user_id');
const hidden = ({ text }: Answered, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
const open = (variantId: number) => staff.get(`/admin/stock/${variantId}`);
const variant = async (skip: number) =>
  (await findGoods(shop.db, { locale: 'en', currency: 'USD', skip })).variantId;
const count = (variantId: number, onHand: number) =>
  inTransaction(shop.db, tx =>
    correctStock(tx, { variantId, onHand, actor: 'test', cause: 'a test', now: shop.now() }),
  );

describe('the list', () => {
  it('shows each variant with its counts, and finds it by SKU and by name in any language', async () => {
    const variantId = await variant(0);
    await count(variantId, 17);
    const { sku, product_id } = await shop
      .db('variants')
      .where({ id: variantId })
      .first<{ sku: string; product_id: number }>('sku', 'product_id');
    const names = await shop.db('product_translations').where({ product_id }).pluck<string[]>('name');
    for (const text of [sku, sku.toLowerCase(), ...names]) {
      const { text: page } = await staff.get(`/admin/stock?q=${encodeURIComponent(text)}`);
      expect(page, text).toContain(`href="/admin/stock/${variantId}"`);
    }
    const { text } = await staff.get(`/admin/stock?q=${sku}`);
    expect(text).toMatch(/<td class="table__number"[^>]*>17<\/td>/);
    expect((await staff.get('/admin/stock?q=%25')).text).not.toContain(`href="/admin/stock/${variantId}"`);
  });

  it('of what is low holds what fell to its threshold, and nothing else', async () => {
    const [low, high] = [await variant(1), await variant(2)];
    await count(low, 3);
    await count(high, 4);
    const { text } = await staff.get('/admin/stock?list=low');
    expect(text).toContain(`href="/admin/stock/${low}"`);
    expect(text).not.toContain(`href="/admin/stock/${high}"`);
    expect((await staff.get('/admin/stock?list=out')).text).not.toContain(`href="/admin/stock/${low}"`);
  });

  it('goes on page by page to the end, each variant once', async () => {
    const { length } = await shop.db('variants').select('id');
    const seen: string[] = [];
    let pages = 0;
    for (let path: string | undefined = '/admin/stock'; path; pages += 1) {
      const { text } = await staff.get(path);
      seen.push(
        ...[...text.matchAll(/<th scope="row"[^>]*><a href="\/admin\/stock\/(\d+)"/g)].map(([, id]) => id!),
      );
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(length);
    expect(new Set(seen).size).toBe(length);
    expect(pages).toBe(Math.max(1, Math.ceil(length / 50)));
  });

  it('understands no nonsense and says nothing matches', async () => {
    const { status, text } = await staff.get('/admin/stock?list=nope&after[]=x&q=zzzzzzzz%00');
    expect(status).toBe(200);
    expect(text).toContain('No variant matches.');
  });
});

describe('a receipt', () => {
  it('adds what came in, once, however often the form arrives', async () => {
    const variantId = await variant(3);
    const { on_hand: before } = await stockOf(variantId);
    const form = { quantity: ' 5 ', note: 'delivery 77', once: hidden(await open(variantId), 'once') };
    const answers = await Promise.all(
      [1, 2, 3].map(() => staff.post(`/admin/stock/${variantId}/receipt`, form)),
    );
    for (const { status, location } of answers)
      expect([status, location]).toEqual([303, `/admin/stock/${variantId}`]);
    expect((await stockOf(variantId)).on_hand).toBe(before + 5);
    expect(await lastMovement(variantId)).toEqual({
      kind: 'receipt',
      delta: 5,
      actor: `staff:${userId}`,
      cause: 'delivery 77',
      reason: null,
    });
    expect(await logged(variantId, 'stock.receive')).toEqual([
      { before: null, after: { quantity: 5, note: 'delivery 77' }, user_id: userId },
    ]);
    expect((await open(variantId)).text).toContain('delivery 77');
  });

  it.each(['', '0', '-1', '1.5', '1e3', '１', 'NaN', '100001', '9'.repeat(20), '1 000'])(
    'of "%s" pieces comes back as typed and adds nothing',
    async quantity => {
      const variantId = await variant(3);
      const before = await stockOf(variantId);
      const { status, text } = await staff.post(`/admin/stock/${variantId}/receipt`, {
        quantity,
        note: 'x<y',
      });
      expect(status).toBe(422);
      expect(text).toContain('<title>Error: ');
      expect(text).toContain('href="#quantity"');
      expect(text).toContain('value="x&lt;y"');
      expect(await stockOf(variantId)).toEqual(before);
    },
  );
});

describe('a correction', () => {
  const form = async (variantId: number, more: Record<string, string>) => {
    const page = await open(variantId);
    return { seen: hidden(page, 'seen'), once: hidden(page, 'once'), reason: 'count', why: '', ...more };
  };
  const send = (variantId: number, fields: Record<string, string>) =>
    staff.post(`/admin/stock/${variantId}/correction`, fields);

  it('sets what is there, with its reason, and is on record', async () => {
    const variantId = await variant(4);
    await count(variantId, 12);
    const fields = await form(variantId, { on_hand: '9', reason: 'damaged', why: 'fell off the shelf' });
    expect((await send(variantId, fields)).status).toBe(303);
    expect((await send(variantId, fields)).status).toBe(303);
    expect((await stockOf(variantId)).on_hand).toBe(9);
    expect(await lastMovement(variantId)).toEqual({
      kind: 'correction',
      delta: -3,
      actor: `staff:${userId}`,
      cause: 'fell off the shelf',
      reason: 'damaged',
    });
    expect(await logged(variantId, 'stock.correct')).toEqual([
      {
        before: { onHand: 12 },
        after: { onHand: 9, reason: 'damaged', note: 'fell off the shelf' },
        user_id: userId,
      },
    ]);
    const { text } = await open(variantId);
    expect(text).toContain('Damaged');
    expect(text).toContain('Desk staff');
  });

  it('of what moved while somebody counted is a 409 with the present number, and as typed', async () => {
    const variantId = await variant(5);
    await count(variantId, 10);
    const fields = await form(variantId, { on_hand: '8' });
    await inTransaction(shop.db, tx =>
      receiveStock(tx, { variantId, quantity: 4, actor: 'test', cause: 'a test', now: shop.now() }),
    );
    const { status, text } = await send(variantId, fields);
    expect(status).toBe(409);
    expect(text).toContain('now 14 pieces are written as on hand');
    expect(text).toContain('name="on_hand" type="text" value="8"');
    expect((await stockOf(variantId)).on_hand).toBe(14);
    expect((await send(variantId, await form(variantId, { on_hand: '8' }))).status).toBe(303);
    expect((await stockOf(variantId)).on_hand).toBe(8);
  });

  it('below what is held for orders is refused, and says how many', async () => {
    const placed = await placeOrder(shop, { locale: 'en', country: 'US', provider: 'stripe', skip: 6 });
    const [held] = await shop
      .db('stock_reservations')
      .where({ state: 'active' })
      .orderBy('id', 'desc')
      .select<{ variant_id: number }[]>('variant_id');
    const variantId = held!.variant_id;
    expect((await open(variantId)).text).toContain(`href="/admin/orders/${placed.number}"`);
    const { status, text } = await send(variantId, await form(variantId, { on_hand: '0' }));
    expect(status).toBe(422);
    expect(text).toContain('1 piece is held for an order');
    expect((await stockOf(variantId)).reserved).toBe(1);
  });

  it.each([
    ['no count', { on_hand: '' }, 'on_hand'],
    ['less than nothing', { on_hand: '-1' }, 'on_hand'],
    ['no reason', { on_hand: '1', reason: '' }, 'reason-count'],
    ['a reason of its own', { on_hand: '1', reason: 'theft' }, 'reason-count'],
    ['another reason without a word', { on_hand: '1', reason: 'other', why: '  ' }, 'why'],
    ['too many words', { on_hand: '1', why: 'x'.repeat(201) }, 'why'],
  ])('with %s comes back and changes nothing', async (_, fields, field) => {
    const variantId = await variant(5);
    const before = await stockOf(variantId);
    const { status, text } = await send(variantId, await form(variantId, fields));
    expect(status).toBe(422);
    expect(text).toContain(`href="#${field}"`);
    expect(text).toContain(`id="${field}"`);
    expect(await stockOf(variantId)).toEqual(before);
  });
});

describe('the threshold', () => {
  it('is saved and on record, once', async () => {
    const variantId = await variant(7);
    for (const _ of [1, 2])
      expect((await staff.post(`/admin/stock/${variantId}/threshold`, { threshold: '7' })).status).toBe(303);
    expect((await stockOf(variantId)).low_threshold).toBe(7);
    expect(await logged(variantId, 'stock.threshold')).toEqual([
      { before: { threshold: 3 }, after: { threshold: 7 }, user_id: userId },
    ]);
    expect((await staff.post(`/admin/stock/${variantId}/threshold`, { threshold: 'x' })).status).toBe(422);
  });
});

describe('a variant', () => {
  it('that is none is 404, for looking and for changing', async () => {
    for (const id of ['0', '-1', '987654321', '1e3', 'x', '9'.repeat(30)]) {
      expect((await staff.get(`/admin/stock/${id}`)).status, id).toBe(404);
      for (const form of ['receipt', 'correction', 'threshold'])
        expect((await staff.post(`/admin/stock/${id}/${form}`, { quantity: '1' })).status, id).toBe(404);
    }
  });

  it('nobody but staff may see', async () => {
    const nobody = createVisitor(shop.origin);
    expect((await nobody.get('/admin/stock')).location).toMatch(/^\/en\/sign-in/);
    const variantId = await variant(7);
    const before = await stockOf(variantId);
    await nobody.post(`/admin/stock/${variantId}/receipt`, { quantity: '5' });
    expect(await stockOf(variantId)).toEqual(before);
  });

  it.each(LOCALES)('is shown in %s with every sentence', async locale => {
    const { visitor } = await atTheDesk(shop, { email: `${locale}@desk.example` });
    await visitor.post('/admin/language', { language: locale, return_to: '/admin/stock' });
    const variantId = await variant(4);
    for (const path of ['/admin/stock', `/admin/stock/${variantId}`]) {
      const { status, text } = await visitor.get(path);
      expect(status).toBe(200);
      expect(text).toContain(`<html lang="${locale}"`);
      expect(text).not.toMatch(/admin\.stock\.|\{\{/);
    }
  });

  it('has a ledger that goes on page by page, each line once', async () => {
    const variantId = await variant(8);
    const make = (quantity: number) =>
      inTransaction(shop.db, tx =>
        receiveStock(tx, { variantId, quantity, actor: 'test', cause: 'a test', now: shop.now() }),
      );
    for (let index = 0; index < 60; index += 1) await make(1);
    const total = (await shop.db('stock_movements').where({ variant_id: variantId })).length;
    const first = await open(variantId);
    const older = /rel="next" href="([^"]*)"/.exec(first.text)![1]!;
    const second = await staff.get(older.replace('#ledger', ''));
    const lines = ({ text }: Answered) =>
      (text.slice(text.indexOf('id="ledger"')).match(/<th scope="row">/g) ?? []).length;
    expect(lines(first)).toBe(50);
    expect(lines(first) + lines(second)).toBe(total);
  });
});
