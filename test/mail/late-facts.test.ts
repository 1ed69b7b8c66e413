import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderLetters } from '../../src/mail/order-letters.js';
import { orderAtToss } from '../support/deposit-pages.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => void (shop = await startShop({ jobs: false })));
afterAll(() => shop.close());

test('a deposit that arrives while its letter is written leaves the letter whole', async () => {
  const { db, config, now } = shop;
  const { number } = await orderAtToss(shop, { locale: 'en', way: 'toss_virtual_account', skip: 5 });
  const order = await db('orders').where({ number }).first<{ id: number; email: string }>('id', 'email');
  const payment = await db('payments').where({ order_id: order.id }).first<{ id: number }>('id');
  const event = await db('events').orderBy('id', 'desc').first<{ id: number }>('id');
  const sent: { text: string }[] = [];
  const mailer = { send: async (letter: { text: string }) => void sent.push(letter), close: () => undefined };
  const write = orderLetters({ db, config, mailer })['payment.pending']!.letter!;
  const subject = { paymentId: payment.id, orderId: order.id };

  // Another claim, not decided yet, holds the letter back between being found true and being written.
  const claim = await db.transaction();
  await claim('letters').insert({
    event_id: event.id,
    kind: 'deposit-awaited',
    recipient: order.email,
    locale: 'en',
    created_at: now(),
  });
  const writing = write(subject, { eventId: event.id, now: now() });
  const isHeld = async () => {
    const { rows } = (await db.raw(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )) as { rows: unknown[] };
    return rows.length;
  };
  await expect.poll(isHeld).toBe(1);
  await db('payments').where({ id: payment.id }).update({ state: 'expired' });
  await claim.rollback();

  await writing;
  expect(sent).toHaveLength(1);
  expect(sent[0]!.text).toMatch(/Account number: \w{6,}/i);
});
