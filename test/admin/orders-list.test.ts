import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterQuery, readFilter, readNumbers, readPlace } from '../../src/admin/orders/forms/list.js';
import { readText } from '../../src/admin/orders/rules.js';
import { csvLine } from '../../src/lib/csv.js';
import { HOSTILE } from '../support/hostile.js';
import { insertOrder } from '../support/order-desk.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import type { Visitor } from '../support/visitor.js';

describe('the address of a list', () => {
  test('says its filter, and nothing that it does not say', () => {
    const query =
      'state=paid&payment=captured&hold=dispute&country=KR&from=2026-11-01&to=2026-11-30&refund=failed&q=kim';
    const read = readFilter(Object.fromEntries(new URLSearchParams(query)));
    expect(filterQuery(read).toString()).toBe(query);
    expect(filterQuery(readFilter({ unknown: 'x', state: '' })).toString()).toBe('');
  });

  test.each([
    [{ state: 'no-such-state' }],
    [{ payment: '__proto__' }],
    [{ hold: 'constructor' }],
    [{ country: 'kr' }],
    [{ from: '2026-02-30' }],
    [{ to: 'yesterday' }],
    [{ state: ['paid', 'shipped'] }],
    [{ q: { $ne: '' } }],
  ])('%j shows everything', query => {
    expect(filterQuery(readFilter(query)).toString()).toBe('');
  });

  test('with its days turned shows what lies between them', () => {
    expect(readFilter({ from: '2026-11-30', to: '2026-11-01' })).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-30',
    });
  });

  test.each(['x', '1', '-1', '1-', '99999999999999999999-1', '1-2-3', ''])(
    'place %j is the first page',
    after => {
      expect(readPlace({ after })).toEqual({ after: null, before: null });
    },
  );

  test('takes order numbers once each, however they are typed', () => {
    expect(readNumbers(['K7MT-Q4RD', 'k7mt q4rd', 'nonsense', 7, 'ACDE-FGHJ'])).toEqual([
      'K7MT-Q4RD',
      'ACDE-FGHJ',
    ]);
    expect(readNumbers('K7MT-Q4RD')).toEqual(['K7MT-Q4RD']);
    expect(readNumbers(undefined)).toEqual([]);
  });
});

describe('a typed text', () => {
  test.each([
    ['k7mt q4rd', { number: 'K7MT-Q4RD', email: null, words: '%k7mt q4rd%' }],
    ['Kim', { number: null, email: null, words: '%kim%' }],
    ['김민', { number: null, email: null, words: '% 김민%' }],
    ["O'g'il", { number: null, email: null, words: '%oʻgʻil%' }],
    ['50%_\\', { number: null, email: null, words: '%50\\%\\_\\\\%' }],
    ["O'Hara_@X.com", { number: null, email: "o'hara\\_@x.com%", words: null }],
    ['@example', { number: null, email: null, words: '%@example%' }],
  ])('%j', (text, search) => {
    expect(readText(text)).toEqual(search);
  });
  test('of blanks is none', () => {
    expect(readText(' \t ')).toBeNull();
  });
});

test.each([
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['"=1+1"', `"'""=1+1"""`],
  [" '=1", "' '=1"],
  ['＝1', `'＝1`],
  ['a=b', 'a=b'],
  ['Sam, "the" Lee', `"Sam, ""the"" Lee"`],
  ['two\nlines', '"two\nlines"'],
])('%j is no formula in a CSV', (text, written) => {
  const line = csvLine([text]);
  expect(line).toBe(`${written}\r\n`);
});

describe('at the desk', () => {
  let shop: Shop;
  let admin: Visitor;
  let staff: Visitor;
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 0, minutes));
  const numbersIn = (text: string): string[] =>
    [...text.matchAll(/<th scope="row"[^>]*><a href="\/admin\/orders\/([^"]+)"/g)].map(
      ([, number]) => number!,
    );

  beforeAll(async () => {
    shop = await startShop({ seeded: false, jobs: false });
    admin = (await atTheDesk(shop)).visitor;
    staff = (await atTheDesk(shop, { role: 'staff' })).visitor;
  });
  afterAll(async () => await shop.close());

  test('an empty list says how to go on', async () => {
    const { status, text } = await admin.get('/admin/orders?q=nothing');
    expect(status).toBe(200);
    expect(text).toContain('No order matches');
  });

  describe('with 120 orders', () => {
    const made: string[] = [];
    beforeAll(async () => {
      for (let each = 0; each < 120; each += 1) {
        const { number } = await insertOrder(shop.db, {
          // Three share each moment, so that the moment alone does not order them.
          createdAt: at(Math.floor(each / 3)),
          email: `buyer${each}@example.com`,
          name: each % 2 === 0 ? `Kim ${each}` : `김민지${each}`,
          country: each % 10 === 0 ? 'KR' : 'US',
          state: each % 4 === 0 ? 'fulfilling' : 'paid',
          sku: each === 77 ? 'rare-SKU-77' : 'SKU-1',
          payment: each % 5 === 0 ? 'captured' : null,
        });
        made.unshift(number);
      }
    });

    const walk = async (start: string, rel: 'next' | 'prev'): Promise<string[][]> => {
      const pages: string[][] = [];
      for (let path: string | undefined = start; path;) {
        const { text } = await admin.get(path);
        pages.push(numbersIn(text));
        path = new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&');
      }
      return pages;
    };

    test('its pages forward hold each order once, newest first', async () => {
      const pages = await walk('/admin/orders', 'next');
      expect(pages.map(page => page.length)).toEqual([50, 50, 20]);
      expect(pages.flat()).toEqual(made);
    });

    test('its pages back hold the same', async () => {
      let path = '/admin/orders';
      for (let next: string | undefined = path; next;) {
        path = next;
        next = /rel="next" href="([^"]+)"/.exec((await admin.get(path)).text)?.[1];
      }
      const back = await walk(path, 'prev');
      expect(back.toReversed().flat().slice(-70)).toEqual(made.slice(-70));
      expect(new Set(back.flat()).size).toBe(120);
    });

    test.each<[string, (each: number) => boolean]>([
      ['state=fulfilling', each => each % 4 === 0],
      ['country=KR', each => each % 10 === 0],
      ['payment=captured', each => each % 5 === 0],
      ['payment=captured&country=KR&state=fulfilling', each => each % 20 === 0],
      ['q=rare-sku', each => each === 77],
      ['q=buyer7@', each => each === 7],
      ['q=BUYER11', each => each === 11 || (each >= 110 && each < 120)],
      ['q=민지119', each => each === 119],
      ['q=김', each => each % 2 === 1],
      ['from=2026-11-20&to=2026-11-20', () => true],
      ['from=2026-11-21', () => false],
      ['hold=any', () => false],
      ['refund=failed', () => false],
    ])('%s', async (query, holds) => {
      const wanted = Array.from({ length: 120 }, (_, each) => each)
        .filter(holds)
        .map(each => made[119 - each]!);
      const found = (await walk(`/admin/orders?${encodeURI(query)}`, 'next')).flat();
      expect(found.toSorted()).toEqual(wanted.toSorted());
    });

    test('a number finds its order in any spelling', async () => {
      const number = made[60]!;
      const { text } = await admin.get(`/admin/orders?q=${number.toLowerCase().replace('-', '%20')}`);
      expect(numbersIn(text)).toEqual([number]);
    });

    test('counts stand beside the states, under the rest of the filter', async () => {
      const { text } = await admin.get('/admin/orders?country=KR&state=paid');
      const counts = [...text.matchAll(/tabs__count">(\d+\+?)</g)].map(([, count]) => count);
      expect(counts).toEqual(['12', '0', '6', '6', '0', '0', '0', '0']);
    });

    test('the CSV holds exactly the filtered orders, in the same order', async () => {
      const { status, text, headers } = await admin.get('/admin/orders.csv?state=fulfilling');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/,
      );
      const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
      expect(rows.map(({ number }) => number)).toEqual(made.filter((_, index) => (119 - index) % 4 === 0));
      expect(rows[0]).toMatchObject({
        created_at: '2026-11-20T00:38:00.000Z',
        state: 'fulfilling',
        currency: 'USD',
        total: '50.00',
        phone: "'+12125550142",
        goods: 'SKU-1 × 1',
      });
    });

    test('the CSV is not in the hands of staff, nor linked for them', async () => {
      expect((await staff.get('/admin/orders.csv')).status).toBe(403);
      expect((await staff.get('/admin/orders')).text).not.toContain('orders.csv');
    });
  });

  test('names and texts that attack are shown as text, and are no formula in the CSV', async () => {
    const attacks = HOSTILE.filter(
      text => !text.includes('\0') && text.length < 500 && !/[\uD800-\uDFFF]/.test(text),
    );
    for (const text of attacks)
      await insertOrder(shop.db, {
        name: text,
        email: `${text.slice(0, 40)}@x`,
        sku: text,
        note: text,
        country: 'GB',
      });
    const { text } = await admin.get('/admin/orders?country=GB');
    expect(text).not.toMatch(/<script>alert|<img src=x|<svg onload/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const csv = await admin.get('/admin/orders.csv?country=GB');
    const cells = parse(csv.text, { bom: true, relax_column_count: true }).flat();
    expect(cells.filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain('<script>alert(1)</script>');
  });

  test('no text makes the list fail', async () => {
    for (const text of HOSTILE) {
      const { status } = await admin.get(
        `/admin/orders?q=${encodeURIComponent(Buffer.from(text).toString().slice(0, 400))}`,
      );
      expect([text.slice(0, 40), status]).toEqual([text.slice(0, 40), 200]);
    }
  });

  describe('several orders at once', () => {
    test('are begun each by itself, and what could not be is said', async () => {
      const paid = await insertOrder(shop.db, { state: 'paid' });
      const held = await insertOrder(shop.db, { state: 'paid', hold: 'dispute' });
      const pending = await insertOrder(shop.db, { state: 'pending' });
      const body = new URLSearchParams({ action: 'fulfil', return_to: '/admin/orders?state=paid' });
      for (const { number } of [paid, held, pending]) body.append('order', number);
      const answered = await staff.post('/admin/orders/bulk', body);
      expect(answered.status).toBe(303);
      const { text } = await staff.get(answered.location!);
      expect(text).toContain('1 of 3 orders');
      for (const said of ['Is being packed.', 'it is on hold', 'it is not paid'])
        expect(text).toContain(said);
      expect(await shop.db('orders').where({ id: paid.id }).first('state')).toEqual({ state: 'fulfilling' });
      expect(await shop.db('orders').where({ id: held.id }).first('state')).toEqual({ state: 'paid' });
      const logged = await shop.db('audit_log').where({ action: 'order.fulfil' });
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({
        subject: `order:${paid.number}`,
        before: { state: 'paid' },
        after: { state: 'fulfilling' },
      });
    });

    test('sent twice are begun once', async () => {
      const { id, number } = await insertOrder(shop.db, { state: 'paid' });
      const send = () => staff.post('/admin/orders/bulk', { action: 'fulfil', order: number });
      await Promise.all([send(), send(), send()]);
      expect(await shop.db('order_events').where({ order_id: id, to_state: 'fulfilling' })).toHaveLength(1);
      expect(await shop.db('audit_log').where({ subject: `order:${number}` })).toHaveLength(1);
    });

    test('none chosen leads back with a word', async () => {
      const { location } = await staff.post('/admin/orders/bulk', {
        action: 'fulfil',
        return_to: '/admin/orders?state=paid',
      });
      expect(location).toBe('/admin/orders?state=paid');
      expect((await staff.get(location!)).text).toContain('Select at least one order first.');
    });

    test('packing slips name goods and address and no price', async () => {
      const { number } = await insertOrder(shop.db, {
        state: 'fulfilling',
        name: '<b>Aziza</b>',
        sku: 'SLIP-1',
      });
      const held = await insertOrder(shop.db, { state: 'paid', hold: 'dispute' });
      const body = new URLSearchParams({ action: 'slips' });
      for (const each of [number, held.number]) body.append('order', each);
      const { location } = await staff.post('/admin/orders/bulk', body);
      const { text } = await staff.get(location!);
      expect(text).toContain('&lt;b&gt;Aziza&lt;/b&gt;');
      expect(text).toContain('SLIP-1');
      expect(text).toContain('On hold. Do not pack');
      expect(text).not.toContain('$50');
    });
  });
});
