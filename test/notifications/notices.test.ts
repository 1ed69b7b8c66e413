import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctStock, receiveStock } from '../../src/inventory/index.js';
import { LOCALES } from '../../src/lib/locale.js';
import {
  countOpenNotices,
  handleNotice,
  listOpenNotices,
  NOTICE_KINDS,
  noticeView,
  type Notice,
} from '../../src/notifications/index.js';
import { openNotice } from '../../src/notifications/actions.js';
import { inTransaction } from '../../src/platform/db.js';
import { translator } from '../../src/platform/i18n.js';
import { emit } from '../../src/platform/jobs.js';
import { BECAUSE, makeStock } from '../inventory/make.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false });
});
afterAll(() => shop.close());

const open = () => listOpenNotices(shop.db, { limit: 50 });
/** A variant that fell to two pieces, and the notice of it. */
async function fall(): Promise<{ variantId: number; notice: Notice }> {
  const variantId = await makeStock(shop.db, 9);
  await inTransaction(shop.db, tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 2 }));
  await shop.settled();
  const notice = (await open()).find(found => found.variantId === variantId);
  if (!notice) throw new Error('no notice');
  return { variantId, notice };
}

describe('a fall of stock', () => {
  it('opens one notice that names the variant and what is left now', async () => {
    const { variantId, notice } = await fall();
    expect(noticeView(notice, translator('en'))).toMatchObject({
      title: `${notice.sku}: 2 pieces left`,
      path: `/admin/stock/${variantId}`,
    });
    await inTransaction(shop.db, tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 1 }));
    await shop.settled();
    const about = (await open()).filter(found => found.variantId === variantId);
    expect(about.map(found => noticeView(found, translator('en')).title)).toEqual([
      `${notice.sku}: 1 piece left`,
    ]);
  });

  it('opens another one when it falls again', async () => {
    const { variantId } = await fall();
    await inTransaction(shop.db, tx => receiveStock(tx, { ...BECAUSE, variantId, quantity: 9 }));
    await inTransaction(shop.db, tx => correctStock(tx, { ...BECAUSE, variantId, onHand: 0 }));
    await shop.settled();
    expect((await open()).filter(found => found.variantId === variantId)).toHaveLength(2);
  });

  it('heard of twice stays one notice', async () => {
    const variantId = await makeStock(shop.db, 1);
    const eventId = await inTransaction(shop.db, tx => emit(tx, 'stock.low', { variantId, movementId: 1 }));
    const notice = { kind: 'stock.low', eventId, subject: { variantId }, now: shop.now() } as const;
    await Promise.all([openNotice(shop.db, notice), openNotice(shop.db, notice)]);
    await shop.settled();
    expect((await open()).filter(found => found.variantId === variantId)).toHaveLength(1);
    await shop.db('staff_notices').where({ event_id: eventId }).delete();
    await shop.db('events').where({ id: eventId }).delete();
  });
});

describe('handling a notice', () => {
  it('takes it off the list and keeps who did it first, and when', async () => {
    const { notice } = await fall();
    const before = await countOpenNotices(shop.db);
    const [first, second] = await Promise.all(
      ['staff:1', 'staff:2'].map(actor =>
        handleNotice(shop.db, { noticeId: notice.id, actor, now: BECAUSE.now }),
      ),
    );
    expect([first, second]).toContainEqual({ ok: true, already: false });
    expect([first, second]).toContainEqual({ ok: true, already: true });
    expect(await countOpenNotices(shop.db)).toBe(before - 1);
    const kept = await shop
      .db('staff_notices')
      .where({ id: notice.id })
      .first<{ handled_by: string; handled_at: Date }>();
    expect(kept).toMatchObject({
      handled_by: first?.ok && !first.already ? 'staff:1' : 'staff:2',
      handled_at: BECAUSE.now,
    });
  });

  it('that does not exist is said', async () => {
    expect(await handleNotice(shop.db, { noticeId: 987_654, actor: 'staff:1', now: BECAUSE.now })).toEqual({
      ok: false,
      reason: 'gone',
    });
  });
});

it('the list goes on where a page ended', async () => {
  await fall();
  await fall();
  const all = await open();
  const [first] = await listOpenNotices(shop.db, { limit: 1 });
  expect(await listOpenNotices(shop.db, { limit: 50, before: first!.id })).toEqual(all.slice(1));
});

describe.each(LOCALES)('in %s', locale => {
  it.each(NOTICE_KINDS)('%s has a title with all its names and a place to go', kind => {
    const about = kind.startsWith('stock.')
      ? { orderNumber: null, variantId: 7, sku: 'KB-24', available: 1 }
      : { orderNumber: 'K7MT-Q4RD', variantId: null, sku: null, available: 0 };
    const view = noticeView({ id: 1, kind, createdAt: BECAUSE.now, ...about }, translator(locale));
    expect(view.title).not.toMatch(/\{\{|notifications\./);
    if (kind === 'reconciliation.found') {
      // About the books, not about one order.
      expect(view).toMatchObject({ path: '/admin/reconciliation' });
      expect(view.title.length).toBeGreaterThan(20);
      return;
    }
    expect(view.title).toContain(about.sku ?? about.orderNumber);
    expect(view.path).toBe(about.sku ? '/admin/stock/7' : '/admin/orders/K7MT-Q4RD');
  });
});
