import type { Locale } from '../lib/locale.js';
import { addMs, DAY } from '../lib/time.js';
import { change, row, type Db, type Tx } from '../platform/db.js';

/** How long another process may take over a letter that was claimed and neither sent nor refused. */
const CLAIM_MS = 2 * 60_000;

export type Claim = { ok: true; letterId: number } | { ok: false; reason: 'sent' | 'busy' };

/**
 * Claims the one letter of an event, kind and recipient. A process that dies between sending and `markSent` leaves the
 * claim behind; after two minutes the letter goes out once more under the same Message-ID: at least once, and
 * recognisable as the same. `busy`: another process is sending it now, or died doing so a moment ago; ask again later.
 */
export async function claimLetter(
  db: Db,
  letter: { eventId: number; kind: string; recipient: string; locale: Locale; now: Date },
): Promise<Claim> {
  const { eventId, kind, recipient, now } = letter;
  const claimed = await row<{ id: number }>(
    db,
    `insert into letters (event_id, kind, recipient, locale, claimed_at, created_at)
     values (:eventId, :kind, :recipient, :locale, :now, :now)
     on conflict (event_id, kind, recipient) do update set claimed_at = excluded.claimed_at
       where letters.sent_at is null and (letters.claimed_at is null or letters.claimed_at < :stale)
     returning id`,
    { ...letter, stale: new Date(now.getTime() - CLAIM_MS) },
  );
  if (claimed) return { ok: true, letterId: claimed.id };
  const found = await row<{ sent: boolean }>(
    db,
    `select sent_at is not null as sent from letters where event_id = :eventId and kind = :kind and recipient = :recipient`,
    { eventId, kind, recipient },
  );
  return { ok: false, reason: found?.sent ? 'sent' : 'busy' };
}

/** The mail server took it. */
export async function markSent(db: Db, { letterId, now }: { letterId: number; now: Date }): Promise<void> {
  await db('letters').where({ id: letterId }).update({ sent_at: now });
}

/** The mail server refused or did not answer: the next try need not wait. */
export async function releaseClaim(db: Db, { letterId }: { letterId: number }): Promise<void> {
  await db.transaction(tx =>
    change(tx, `update letters set claimed_at = null where id = :letterId and sent_at is null`, { letterId }),
  );
}

const STOCK_LETTERS_KEPT_MS = 30 * DAY;

/** Letters about sold-out goods name people who need not be customers: who got one is forgotten after thirty days. */
export async function forgetStockLetters(db: Db, { now }: { now: Date }): Promise<void> {
  await db.transaction(tx =>
    change(
      tx,
      `delete from letters where kind in ('stock-requested', 'stock-returned') and created_at < :before`,
      { before: addMs(now, -STOCK_LETTERS_KEPT_MS) },
    ),
  );
}

/** Letters to an address that its owner had erased, as far as they were not about orders, which name it as long as they are kept. */
export async function forgetLettersTo(tx: Tx, { email }: { email: string }): Promise<void> {
  await change(
    tx,
    `delete from letters l using events e
      where e.id = l.event_id and lower(l.recipient) = lower(:email) and e.payload -> 'orderId' is null`,
    { email },
  );
}

/** That letters about an order were sent stays, to whom goes. */
export async function forgetRecipients(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  await change(
    tx,
    `update letters l set recipient = 'order-' || cast(:orderId as bigint) from events e
      where e.id = l.event_id and (e.payload ->> 'orderId')::bigint = :orderId`,
    { orderId },
  );
}
