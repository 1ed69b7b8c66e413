import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { MINUTE } from '../../src/lib/time.js';
import { reconciliationDesk, type Bought } from '../reconciliation/desk.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

let shop: Shop;
let books: ReturnType<typeof reconciliationDesk>;
let admin: Visitor;
let staff: Visitor;
beforeAll(async () => {
  shop = await startShop();
  books = reconciliationDesk(shop);
  admin = (await atTheDesk(shop)).visitor;
  staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
});
afterAll(() => shop.close());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

/** A refund made in the dashboard that we never heard of, found. */
async function unheard(): Promise<{ bought: Bought; path: string; id: number }> {
  const bought = await books.paid();
  shop.stripe.trouble({ kind: 'webhooks-lost' });
  shop.stripe.refundByHand(bought.providerId, 100);
  await shop.stripe.idle();
  shop.stripe.calm();
  await books.check();
  const [finding] = await books.about(bought);
  return { bought, id: finding!.id, path: `/admin/reconciliation/${finding!.id}` };
}
const logged = (findingId: number) =>
  shop
    .db('audit_log')
    .where({ subject: `finding:${findingId}` })
    .orderBy('id')
    .pluck('action');

test('a check by hand finds the difference, the page shows both sides, one click mends it', async () => {
  const bought = await books.paid();
  shop.stripe.trouble({ kind: 'webhooks-lost' });
  const made = shop.stripe.refundByHand(bought.providerId, 100);
  await shop.stripe.idle();
  shop.stripe.calm();
  shop.advance(2 * MINUTE);
  const begun = await admin.post('/admin/reconciliation/runs', {});
  expect([begun.status, begun.location]).toEqual([303, '/admin/reconciliation']);
  await shop.settled();

  const { text } = await admin.get('/admin/reconciliation');
  for (const shown of [bought.number, made.id, 'Refund unknown to us', '$1.00', 'Import the refund'])
    expect(text).toContain(shown);
  const [finding] = await books.about(bought);
  const path = `/admin/reconciliation/${finding!.id}`;
  const mended = await admin.post(`${path}/repairs`, { repair: 'import' });
  expect([mended.status, mended.location]).toEqual([303, path]);
  await shop.settled();
  const after = await admin.get(path);
  expect(after.text).toContain('Done: the provider and our books agree.');
  expect(after.text).toContain('Repaired');
  expect(await books.refunds(bought)).toMatchObject([{ amount: 100, imported: true }]);
  expect(await logged(finding!.id)).toEqual(['reconciliation.import']);

  const again = await admin.post(`${path}/repairs`, { repair: 'import' });
  expect((await admin.get(again.location!)).text).toContain('closed already');
  expect(await books.refunds(bought)).toHaveLength(1);
  expect((await admin.get('/admin')).text).toContain('look at the reconciliation');
});

test('two clicks on "Check now" at once are one check', async () => {
  const count = () => shop.db('reconciliation_runs').count<{ count: number }[]>();
  const [before] = await count();
  await Promise.all([
    admin.post('/admin/reconciliation/runs', {}),
    admin.post('/admin/reconciliation/runs', {}),
    admin.post('/admin/reconciliation/runs', {}),
  ]);
  await shop.settled();
  const [after] = await count();
  expect(after!.count - before!.count).toBeGreaterThanOrEqual(1);
  const overlapping = await shop.db.raw<{ rows: unknown[] }>(
    `select 1 from reconciliation_runs a join reconciliation_runs b
        on a.id < b.id and b.started_at < a.finished_at`,
  );
  expect(overlapping.rows).toEqual([]);
});

describe('a finding', () => {
  test('is marked as seen only with a note, which comes back as typed with what is wrong', async () => {
    const { path, id } = await unheard();
    const empty = await admin.post(`${path}/dismissal`, { note: '  ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toMatch(/<title>Error: /);
    expect(empty.text).toContain('href="#note"');
    const long = await admin.post(`${path}/dismissal`, { note: 'x'.repeat(501) });
    expect(long.status).toBe(422);
    expect(long.text).toContain('x'.repeat(501));
    expect(await logged(id)).toEqual([]);

    const note = 'agreed with the <bank>';
    expect((await admin.post(`${path}/dismissal`, { note })).status).toBe(303);
    expect((await admin.post(`${path}/dismissal`, { note })).status).toBe(303);
    expect((await admin.get(path)).text).toContain('agreed with the &lt;bank&gt;');
    expect(await logged(id)).toEqual(['reconciliation.dismiss']);
    expect((await admin.get('/admin/reconciliation?state=dismissed')).text).toContain(path);
    expect((await admin.get('/admin/reconciliation')).text).not.toContain(`${path}"`);
  });

  test('offers no repair to staff who may only read, and refuses theirs', async () => {
    const { path, bought } = await unheard();
    const { text } = await staff.get(path);
    expect(text).toContain('Refund unknown to us');
    expect(text).not.toContain('/repairs');
    expect(text).not.toContain('/dismissal');
    expect((await staff.post(`${path}/repairs`, { repair: 'import' })).status).toBe(403);
    expect(await books.refunds(bought)).toEqual([]);
    const nobody = await createVisitor(shop.origin).post(`${path}/repairs`, { repair: 'import' });
    expect(nobody.location).toBe('/en/sign-in');
  });

  test('takes no repair that does not fit it or is none, and is 404 where there is none', async () => {
    const { path, id } = await unheard();
    for (const repair of ['give_back', 'settle', 'drop table', '']) {
      const { status, location } = await admin.post(`${path}/repairs`, { repair });
      expect(status).toBe(303);
      expect((await admin.get(location!)).text).toContain('does not mend this finding');
    }
    expect(await logged(id)).toEqual([]);
    for (const away of ['999999', 'x', '0', '-1', '1e3'])
      expect([away, (await admin.get(`/admin/reconciliation/${away}`)).status]).toEqual([away, 404]);
  });
});

test('filters are addresses, and what they cannot be counts as not said', async () => {
  const { id } = await unheard();
  const shown = async (query: string) =>
    (await admin.get(`/admin/reconciliation?${query}`)).text.includes(`/admin/reconciliation/${id}/repairs`);
  expect(await shown('kind=refund_unknown&provider=stripe')).toBe(true);
  expect(await shown('kind=other_mode')).toBe(false);
  expect(await shown('provider=toss')).toBe(false);
  expect(await shown(`before=${id}`)).toBe(false);
  expect(await shown('state=nonsense&kind=%00&provider[]=x&before=-1')).toBe(true);
});

test.each([
  ['ko', '대사'],
  ['uz', 'Solishtirish'],
])('speaks %s', async (language, title) => {
  const visitor = (await atTheDesk(shop, { email: `${language}@desk.example` })).visitor;
  await visitor.post('/admin/language', { language, return_to: '/admin' });
  const { text } = await visitor.get('/admin/reconciliation?state=all');
  expect(text).toContain(`<h1>${title}</h1>`);
  expect(text).not.toMatch(/admin\.(reconciliation|payment|refund)\.\w/);
});
