import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDiscount, readSkus, typedDiscount } from '../../src/admin/discounts/forms.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

const read = (fields: Record<string, unknown>) => readDiscount(typedDiscount({ kind: 'percent', ...fields }));

describe('the form of a discount', () => {
  test.each([
    ['10', 10_00],
    ['12.5', 12_50],
    ['12,5 %', 12_50],
    ['0.01', 1],
  ])('reads %s per cent', (rate, rateBp) => {
    expect(read({ rate })).toMatchObject({ ok: true, value: { rateBp } });
  });

  test('reads amounts in each currency’s own units', () => {
    const value = read({ kind: 'amount', amount_USD: '15.50', amount_KRW: '20,000', amount_UZS: '190 000' });
    expect(value).toMatchObject({
      ok: true,
      value: { amounts: { USD: 15_50, KRW: 20_000, UZS: 190_000_00 } },
    });
  });

  test('reads times by Korea’s clock', () => {
    const value = read({ starts_at: '2026-12-01T00:00' });
    expect(value).toMatchObject({ ok: true, value: { startsAt: new Date('2026-11-30T15:00:00Z') } });
  });

  test.each([
    [{ rate: 'ten' }, 'rate'],
    [{ kind: 'nonsense' }, 'kind'],
    [{ amount_KRW: '10.5' }, 'amount_KRW'],
    [{ starts_at: '2026-02-30T00:00' }, 'starts_at'],
    [{ limit_total: '-1' }, 'limit_total'],
    [{ buy: '1.5' }, 'buy'],
    [{ name_ko: 'x'.repeat(121) }, 'name_ko'],
  ])('%j names the field', (fields, field) => {
    expect(read(fields)).toMatchObject({ ok: false, errors: [{ field }] });
  });

  test('takes SKUs between lines and commas, each once', () => {
    expect(readSkus(' A-1\nB-2, A-1 ;\n\n C 3')).toEqual(['A-1', 'B-2', 'C 3']);
  });
});

describe('discounts at the desk', () => {
  let shop: Shop;
  let admin: Visitor;
  let staff: Visitor;
  beforeAll(async () => {
    shop = await startShop({ jobs: false });
    admin = (await atTheDesk(shop)).visitor;
    staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
  });
  afterAll(async () => await shop.close());

  const fields = { kind: 'percent', code: 'DESK-20', name_en: 'Twenty off', rate: '20', position: '5' };
  const find = async () =>
    await shop
      .db('discounts')
      .where({ code: 'DESK-20' })
      .first<{ id: number; rate_bp: number; disabled_at: Date | null }>();

  test('are read by staff and changed by administrators only', async () => {
    const { status, text } = await staff.get('/admin/discounts');
    expect(status).toBe(200);
    expect(text).toContain('WELCOME10');
    expect(text).not.toContain('/admin/discounts/new');
    expect((await staff.get('/admin/discounts/new')).status).toBe(403);
    expect((await staff.post('/admin/discounts', fields)).status).toBe(403);
  });

  test('are made, changed and withdrawn, each with who, from and to', async () => {
    expect((await admin.post('/admin/discounts', { ...fields, rate: '0' })).text).toContain(
      'from 0.01 to 100',
    );
    expect((await admin.post('/admin/discounts', fields)).status).toBe(303);
    const made = await find();
    expect(made.rate_bp).toBe(20_00);
    const path = `/admin/discounts/${made.id}`;
    expect((await admin.get(path)).text).toContain('value="Twenty off"');
    // A form cannot give another code or kind.
    await admin.post(path, { ...fields, rate: '15', code: 'OTHER', kind: 'amount', amount_USD: '5' });
    expect((await find()).rate_bp).toBe(15_00);
    await admin.post(`${path}/disabling`, { disabled: 'yes' });
    await admin.post(`${path}/disabling`, { disabled: 'yes' });
    expect((await find()).disabled_at).not.toBeNull();
    await admin.post(`${path}/disabling`, { disabled: 'no' });
    expect((await find()).disabled_at).toBeNull();
    const log = await shop
      .db('audit_log')
      .where({ subject: `discount:${made.id}` })
      .orderBy('id')
      .select<{ action: string; before: unknown; after: unknown }[]>();
    expect(log.map(({ action }) => action)).toEqual([
      'discount.create',
      'discount.update',
      'discount.disable',
      'discount.enable',
    ]);
    expect(log[1]).toMatchObject({ before: { rateBp: 20_00 }, after: { rateBp: 15_00 } });
  });

  test('come back as typed when something is wrong', async () => {
    const taken = await admin.post('/admin/discounts', { ...fields, code: 'welcome 10' });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('in use or was used before');
    expect(taken.text).toContain('value="welcome 10"');
    const unknown = await admin.post('/admin/discounts', { ...fields, code: 'X1', skus: '<b>none</b>' });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain('No product has these SKUs: &lt;b&gt;none&lt;/b&gt;');
    const early = await admin.post('/admin/discounts', {
      ...fields,
      code: 'X2',
      starts_at: '2026-12-02T00:00',
      ends_at: '2026-12-01T00:00',
    });
    expect(early.text).toContain('Let it end after it starts.');
  });

  test('for some products and categories only come back with them chosen', async () => {
    const variant = await shop.db('variants').orderBy('id').first<{ sku: string; product_id: number }>();
    const category = await shop.db('categories').orderBy('id').first<{ id: number }>('id');
    const body = {
      ...fields,
      code: 'SCOPED',
      skus: variant.sku.toLowerCase(),
      category: String(category.id),
    };
    expect((await admin.post('/admin/discounts', body)).status).toBe(303);
    const made = await shop
      .db('discounts')
      .where({ code: 'SCOPED' })
      .first<{ id: number; product_ids: number[]; category_ids: number[] }>();
    expect([made.product_ids.map(Number), made.category_ids.map(Number)]).toEqual([
      [variant.product_id],
      [category.id],
    ]);
    const { text } = await admin.get(`/admin/discounts/${made.id}`);
    expect(text).toContain(`name="category" value="${category.id}" checked`);
  });

  test('that do not exist are not found', async () => {
    expect((await admin.get('/admin/discounts/999999')).status).toBe(404);
    expect((await admin.post('/admin/discounts/x/disabling', {})).status).toBe(404);
  });
});
