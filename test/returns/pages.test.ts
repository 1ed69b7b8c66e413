import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.js';
import { DAY } from '../../src/lib/time.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';
import { makePicture } from '../media/make.js';
import { buy, EN, KO, type Bought } from '../orders/paid.js';
import { at, delivered, postParts, send, tokenOf, type Part } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => shop.db('rate_limits').delete());
afterEach(async () => {
  await shop.settled();
  expect(await audit(shop.db)).toEqual([]);
});

const quantityOf = ({ lines }: Bought) => `quantity-${lines[0]!.id}`;
const returnsOf = ({ orderId }: Bought) =>
  shop
    .db('returns')
    .where({ order_id: orderId })
    .orderBy('number')
    .select<{ id: number; state: string; note: string }[]>('id', 'state', 'note');
const photo = async (seed: number): Promise<Part> => [
  'photos',
  { body: await makePicture({ seed }), type: 'image/jpeg', filename: `${seed}.jpg` },
];
const post = (bought: Bought, parts: readonly Part[], visitor = createVisitor(shop.origin)) =>
  postParts(visitor, shop.origin, at(bought, '/returns'), parts);

describe.each([EN, KO])('withdrawing in $locale', buyer => {
  it('works by the link alone, from the order’s page to the page of the return', async () => {
    const bought = await delivered(shop, { ...buyer, quantity: 2 });
    const stranger = createVisitor(shop.origin);
    expect((await stranger.get(bought.link)).text).toContain(`/orders/${bought.number}/withdrawal?key=`);
    const form = await stranger.get(at(bought, '/withdrawal'));
    expect(form.status).toBe(200);
    const sent = { token: tokenOf(form), [quantityOf(bought)]: '2', note: '<b>too large</b>\nfor us' };
    const answered = await stranger.post(at(bought, '/withdrawal'), sent);
    expect(answered.status).toBe(303);
    const shown = await stranger.open(answered.location!);
    expect(shown.text).toContain(`${bought.number}-1`);
    expect(shown.text).toContain('&lt;b&gt;too large&lt;/b&gt;');
    expect(await returnsOf(bought)).toMatchObject([{ state: 'accepted' }]);

    // The same form once more leads to the same return; the form itself tells that nothing is left.
    expect((await stranger.post(at(bought, '/withdrawal'), sent)).location).toBe(answered.location);
    expect(await returnsOf(bought)).toHaveLength(1);
    const again = await stranger.get(at(bought, '/withdrawal'));
    expect(again.text).toContain('notice--info');
    expect(again.text).not.toContain('name="token"');
    expect((await stranger.get(bought.link)).text).toContain(`/orders/${bought.number}/returns/1?key=`);
  });

  it('works in the session that ordered, without the key', async () => {
    const bought = await delivered(shop, { ...buyer, skip: 1 });
    const path = at(bought, '/withdrawal').split('?')[0]!;
    const form = await bought.visitor.get(path);
    const sent = { token: tokenOf(form), [quantityOf(bought)]: '1', note: '' };
    const answered = await bought.visitor.post(path, sent);
    expect(answered.location).toBe(`/${buyer.locale}/orders/${bought.number}/returns/1`);
  });
});

describe('a form that cannot be taken', () => {
  it('comes back as typed, with what is wrong', async () => {
    const bought = await delivered(shop, { ...EN, skip: 2, quantity: 2 });
    const path = at(bought, '/withdrawal');
    const none = await bought.visitor.post(path, { note: 'a note', [quantityOf(bought)]: '0' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('<title>Error: ');
    expect(none.text).toContain(`href="#${quantityOf(bought)}"`);
    expect(none.text).toContain('>a note</textarea>');
    for (const quantity of ['3', '-1', '1.5', 'x', '１']) {
      const many = await bought.visitor.post(path, { [quantityOf(bought)]: quantity });
      expect([quantity, many.status]).toEqual([quantity, 422]);
    }
    const long = await bought.visitor.post(path, { [quantityOf(bought)]: '1', note: 'a'.repeat(2_001) });
    expect(long.text).toContain('id="note-error"');
    expect(await returnsOf(bought)).toEqual([]);
  });

  it('asks for a reason, and for words where it is another one', async () => {
    const bought = await delivered(shop, { ...EN, skip: 2 });
    const none = await bought.visitor.post(at(bought, '/returns'), { [quantityOf(bought)]: '1' });
    expect(none.text).toContain('id="reason-error"');
    const other = await bought.visitor.post(at(bought, '/returns'), {
      [quantityOf(bought)]: '1',
      reason: 'other',
    });
    expect(other.status).toBe(422);
    expect(other.text).toContain('id="note-error"');
    const made = await bought.visitor.post(at(bought, '/returns'), {
      [quantityOf(bought)]: '1',
      reason: 'because',
    });
    expect(made.text).toContain('id="reason-error"');
  });
});

describe('a form that is not there', () => {
  it('says that nothing has left, and leads to canceling', async () => {
    const bought = await buy(shop, { ...EN, skip: 3 });
    const page = await bought.visitor.get(at(bought, '/withdrawal'));
    expect(page.text).toContain('Nothing of this order has left');
    expect(page.text).toContain(`/orders/${bought.number}/cancellation`);
    const answered = await bought.visitor.post(at(bought, '/withdrawal'), { [quantityOf(bought)]: '1' });
    expect(answered.location).toBe(at(bought, '/withdrawal'));
    expect(await returnsOf(bought)).toEqual([]);
  });

  it('is on the order’s page while a parcel is on its way, without a date', async () => {
    const bought = await buy(shop, { ...EN, skip: 3 });
    await send(shop, bought);
    expect((await bought.visitor.get(bought.link)).text).toContain('/withdrawal?key=');
    expect((await bought.visitor.get(at(bought, '/withdrawal'))).text).toContain(
      'begins when your last parcel',
    );
  });
});

describe('asking for a return with photos', () => {
  it('keeps them encoded anew, without what the camera wrote, for whoever may see the order', async () => {
    const bought = await delivered(shop, { ...EN, skip: 4 });
    const turned = await makePicture({ seed: 9, orientation: 6 });
    const answered = await post(bought, [
      [quantityOf(bought), '1'],
      ['reason', 'damaged'],
      ['note', 'the handle is cracked'],
      await photo(1),
      ['photos', { body: turned, type: 'text/html', filename: '../../evil.html' }],
    ]);
    expect(answered.status).toBe(303);
    const page = await createVisitor(shop.origin).get(answered.headers.get('location')!);
    const paths = [...page.text.matchAll(/<img src="([^"]+photos\/\d[^"]*)"/g)].map(([, path]) => path!);
    expect(paths).toHaveLength(2);
    const picture = await fetch(new URL(paths[1]!, shop.origin));
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect(picture.headers.get('cache-control')).toContain('no-store');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    const bytes = Buffer.from(await picture.arrayBuffer());
    const { width, height, exif } = await sharp(bytes).metadata();
    expect([width, height, exif]).toEqual([300, 400, undefined]);

    // Not by the return's address alone, nor by the public address of pictures.
    expect((await createVisitor(shop.origin).get(paths[1]!.split('?')[0]!)).status).toBe(404);
    const other = await delivered(shop, { ...EN, skip: 4 });
    expect((await other.visitor.get(paths[1]!.split('?')[0]!)).status).toBe(404);
    const [kept] = await shop.db('private_images').select<{ id: string }[]>('id');
    expect((await createVisitor(shop.origin).get(`/images/${kept!.id}/480.webp`)).status).toBe(404);
    expect((await createVisitor(shop.origin).get(at(bought, '/returns/1/photos/3'))).status).toBe(404);
    expect((await createVisitor(shop.origin).get(at(bought, '/returns/2/photos/1'))).status).toBe(404);
  });

  it('works with a file field that was left empty', async () => {
    const bought = await delivered(shop, { ...EN, skip: 5 });
    const answered = await post(bought, [
      [quantityOf(bought), '1'],
      ['reason', 'wrong_item'],
      ['note', ''],
      ['photos', { body: Buffer.alloc(0), type: 'application/octet-stream', filename: '' }],
    ]);
    expect(answered.status).toBe(303);
  });

  it('refuses a fifth photo and one of more than 10 MB, and keeps what was typed', async () => {
    const bought = await delivered(shop, { ...EN, skip: 5 });
    const typed: Part[] = [
      [quantityOf(bought), '1'],
      ['reason', 'damaged'],
      ['note', 'five views of one crack'],
    ];
    const five = await post(bought, [...typed, ...(await Promise.all([1, 2, 3, 4, 5].map(photo)))]);
    const large: Part = [
      'photos',
      { body: Buffer.alloc(10 * 1024 * 1024 + 1), type: 'image/jpeg', filename: 'a.jpg' },
    ];
    const huge = await post(bought, [...typed, large]);
    for (const answered of [five, huge]) {
      const text = await answered.text();
      expect(answered.status).toBe(422);
      expect(text).toContain('id="photos-error"');
      expect(text).toContain('five views of one crack');
    }
    expect(await returnsOf(bought)).toEqual([]);
  });

  it.each([
    [
      'a drawing with a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program', Buffer.from('<?php system($_GET["c"]); ?>')],
    ['an animation', 'gif'],
    ['a picture that was cut off', 'cut'],
    ['the head of a picture of 50,000 × 50,000', 'bomb'],
    ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256))],
  ] as const)('refuses %s that calls itself a JPEG', async (_words, given) => {
    const bought = await delivered(shop, { ...EN, skip: 6 });
    const answered = await post(bought, [
      [quantityOf(bought), '1'],
      ['reason', 'damaged'],
      ['photos', { body: await bytesOf(given), type: 'image/jpeg', filename: 'photo.jpg' }],
    ]);
    expect(answered.status).toBe(422);
    expect(await answered.text()).toContain('id="photos-error"');
    expect(await returnsOf(bought)).toEqual([]);
  });

  it('of a picture with a page behind it keeps the picture only', async () => {
    const bought = await delivered(shop, { ...EN, skip: 7 });
    const body = Buffer.concat([
      await makePicture({ seed: 3 }),
      Buffer.from('<script>alert("polyglot")</script>'),
    ]);
    const answered = await post(bought, [
      [quantityOf(bought), '1'],
      ['reason', 'damaged'],
      ['photos', { body, type: 'text/html', filename: 'photo.html' }],
    ]);
    expect(answered.status).toBe(303);
    const kept = await shop
      .db('private_images')
      .orderBy('created_at', 'desc')
      .first<{ body: Buffer }>('body');
    expect(kept.body.includes('polyglot')).toBe(false);
  });

  it('outlives every kind of broken body', async () => {
    const bought = await delivered(shop, { ...EN, skip: 7 });
    const whole = Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\ndamaged\r\n--x\r\n`),
      Buffer.from(
        'Content-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
      ),
      (await makePicture({ seed: 4 })).subarray(0, 600),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const statuses = new Set<number>();
    for (let seed = 1; seed <= 60; seed += 1) {
      if (seed % 15 === 0) await shop.db('rate_limits').delete();
      const body = Buffer.from(whole);
      // A small generator of our own, so that a failure can be had again.
      for (let change = 0; change < 6; change += 1)
        body[(seed * 7_919 + change * 104_729) % body.length] = (seed * 31 + change * 17) % 256;
      const cut = seed % 3 === 0 ? body.subarray(0, (seed * 13) % body.length) : body;
      const answered = await fetch(new URL(at(bought, '/returns'), shop.origin), {
        method: 'POST',
        body: new Uint8Array(cut),
        redirect: 'manual',
        headers: { 'content-type': 'multipart/form-data; boundary=x', origin: shop.origin },
      });
      await answered.arrayBuffer();
      statuses.add(answered.status);
    }
    for (const status of statuses) expect([303, 400, 413, 422]).toContain(status);
    expect((await bought.visitor.get(bought.link)).status).toBe(200);
  });

  it('is counted: the twenty-first form of an hour is too many', async () => {
    const bought = await delivered(shop, { ...EN, skip: 8 });
    const path = at(bought, '/returns');
    for (let tries = 0; tries < 20; tries += 1)
      expect((await bought.visitor.post(path, {})).status).toBe(422);
    const limited = await bought.visitor.post(path, {});
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

/** Bytes of a file that is not what it says. */
async function bytesOf(given: Buffer | 'gif' | 'cut' | 'bomb'): Promise<Buffer> {
  if (given === 'gif') return await makePicture({ format: 'gif' });
  if (given === 'cut') {
    const whole = await makePicture({ width: 1_200, height: 900, seed: 5 });
    return whole.subarray(0, whole.length / 2);
  }
  if (given === 'bomb') {
    const small = await makePicture({ format: 'png', width: 10, height: 10 });
    const bomb = Buffer.from(small);
    bomb.writeUInt32BE(50_000, 16);
    bomb.writeUInt32BE(50_000, 20);
    return bomb;
  }
  return given;
}

describe('the returns of somebody else', () => {
  it('are not found: no page, no form, no photo, whatever key is tried', async () => {
    const bought = await delivered(shop, { ...EN, skip: 9 });
    await post(bought, [[quantityOf(bought), '1'], ['reason', 'damaged'], await photo(2)]);
    const other = await delivered(shop, { ...EN, skip: 9 });
    const keys = [
      '',
      '?key=',
      '?key=undefined',
      '?key=AAAAAAAAAAAAAAAAAAAAAAAA',
      `?key=${other.link.split('key=')[1]}`,
    ];
    const base = `/en/orders/${bought.number}`;
    for (const key of keys) {
      for (const rest of ['/withdrawal', '/returns', '/returns/1', '/returns/1/photos/1'])
        expect([rest, key, (await other.visitor.get(base + rest + key)).status]).toEqual([rest, key, 404]);
      for (const rest of ['/withdrawal', '/returns'])
        expect([
          rest,
          key,
          (await other.visitor.post(base + rest + key, { [quantityOf(bought)]: '1' })).status,
        ]).toEqual([rest, key, 404]);
    }
    expect(await returnsOf(bought)).toHaveLength(1);
  });

  it('cannot be made with the lines of another order', async () => {
    const mine = await delivered(shop, { ...EN, skip: 10 });
    const other = await delivered(shop, { ...EN, skip: 10 });
    const answered = await mine.visitor.post(at(mine, '/withdrawal'), { [quantityOf(other)]: '1' });
    expect(answered.status).toBe(422);
    expect(await returnsOf(other)).toEqual([]);
  });
});

describe('too late', () => {
  it('says until when it was possible', async () => {
    const bought = await delivered(shop, { ...KO, skip: 11 });
    shop.advance(12 * DAY);
    const page = await bought.visitor.get(at(bought, '/withdrawal'));
    expect(page.status).toBe(200);
    expect(page.text).toContain('notice--info');
    const shown = await bought.visitor.get(bought.link);
    expect(shown.text).not.toContain('/withdrawal?key=');
    expect(shown.text).toContain('/returns?key=');
    await bought.visitor.post(at(bought, '/withdrawal'), { [quantityOf(bought)]: '1' });
    expect(await returnsOf(bought)).toEqual([]);
  });
});
