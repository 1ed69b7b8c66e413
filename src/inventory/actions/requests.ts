import { newToken } from '../../lib/ids.js';
import type { Locale } from '../../lib/locale.js';
import { addMs } from '../../lib/time.js';
import { change, inTransaction, row, rows, type Db, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { lockStock } from '../queries/stock.js';
import { findRequestByToken } from '../queries/requests.js';
import { FORGET_AFTER, hashOf, LINK_LASTS, type RequestPurpose } from '../rules/requests.js';
import { ensureRow } from './count.js';

/**
 * Somebody wants one letter when a variant can be bought again. The address is not believed: a letter asks it to confirm
 * (`stock.requested`). An address that asked before gets that letter again, and nobody else learns of it.
 */
export async function requestStock(
  tx: Tx,
  request: { variantId: number; email: string; locale: Locale; now: Date },
): Promise<void> {
  const asked = await row<{ id: number }>(
    tx,
    `insert into stock_requests (variant_id, email, locale, created_at) values (:variantId, :email, :locale, :now)
     on conflict (variant_id, email) where mailed_at is null and ended_at is null do update set locale = excluded.locale
     returning id`,
    request,
  );
  if (asked) await emit(tx, 'stock.requested', { requestId: asked.id });
}

/** A fresh link for a letter about a request, good for `purpose` only. Returns the token, which is written nowhere. */
export async function openRequestLink(
  db: Db,
  { requestId, purpose, now }: { requestId: number; purpose: RequestPurpose; now: Date },
): Promise<string> {
  const token = newToken();
  await db('stock_request_tokens').insert({
    token_hash: hashOf(token, purpose),
    request_id: requestId,
    purpose,
    expires_at: addMs(now, LINK_LASTS[purpose]),
  });
  return token;
}

export type ConfirmResult =
  /** `available`: there are pieces now, so there is nothing to wait for and no letter will come. */
  { ok: true; outcome: 'waiting' | 'available' } | { ok: false; reason: 'unknown' | 'expired' | 'ended' };

/**
 * The mailbox says yes. Locks the stock row, then the request: pieces that come back at the same moment either see this
 * request or are seen by it. Does nothing the second time.
 */
export async function confirmRequest(
  db: Db,
  { token, now }: { token: string; now: Date },
): Promise<ConfirmResult> {
  return await inTransaction<ConfirmResult>(db, async tx => {
    const found = await findRequestByToken(tx, { token, purpose: 'confirm', now });
    if (!found) return { ok: false, reason: 'unknown' };
    await ensureRow(tx, found.variantId);
    const stock = await lockStock(tx, { variantId: found.variantId });
    // Read again: it may have been confirmed or stopped while we waited.
    const request = await findRequestByToken(tx, { token, purpose: 'confirm', now });
    if (!request) return { ok: false, reason: 'unknown' };
    if (request.state === 'waiting') return { ok: true, outcome: 'waiting' };
    if (request.state !== 'asked') return { ok: false, reason: 'ended' };
    if (request.expired) return { ok: false, reason: 'expired' };
    const available = stock.onHand > stock.reserved;
    const confirmed = await change(
      tx,
      `update stock_requests set confirmed_at = :now, ended_at = cast(:endedAt as timestamptz)
        where id = :id and confirmed_at is null and ended_at is null`,
      { id: request.id, now, endedAt: available ? now : null },
    );
    if (confirmed === 0) return { ok: false, reason: 'ended' };
    return { ok: true, outcome: available ? 'available' : 'waiting' };
  });
}

/** No letter after all. True also the second time; false for a link that is none. */
export async function stopRequest(db: Db, { token, now }: { token: string; now: Date }): Promise<boolean> {
  return await inTransaction(db, async tx => {
    const request = await findRequestByToken(tx, { token, purpose: 'stop', now });
    if (!request) return false;
    await change(
      tx,
      `update stock_requests set ended_at = :now where id = :id and ended_at is null and mailed_at is null`,
      { id: request.id, now },
    );
    return true;
  });
}

const AT_ONCE = 100;

/**
 * Pieces are back: gives every confirmed request of the variant its one letter (`stock.answered`), in steps of a hundred.
 * A request is claimed in the transaction that writes the event, so two of these at once share them out. Whoever is left
 * over because the pieces are gone again hears the next time.
 */
export async function answerRequests(
  db: Db,
  { variantId, now }: { variantId: number; now: Date },
): Promise<void> {
  for (;;) {
    const claimed = await inTransaction(db, async tx => {
      const requests = await rows<{ id: number }>(
        tx,
        `update stock_requests set mailed_at = :now
          where id in (select r.id from stock_requests r
                        where r.variant_id = :variantId and r.confirmed_at is not null and r.mailed_at is null and r.ended_at is null
                          and exists (select from stock s where s.variant_id = r.variant_id and s.on_hand > s.reserved)
                        order by r.id limit :limit for no key update)
         returning id`,
        { variantId, now, limit: AT_ONCE },
      );
      for (const { id } of requests) await emit(tx, 'stock.answered', { requestId: id });
      return requests.length;
    });
    if (claimed < AT_ONCE) return;
  }
}

/** Addresses are kept as long as they are needed: unconfirmed a week, waiting a year, done thirty days. */
export async function forgetRequests(db: Db, { now }: { now: Date }): Promise<void> {
  await inTransaction(db, tx =>
    change(
      tx,
      `delete from stock_requests
        where (confirmed_at is null and created_at < :unconfirmed) or created_at < :waiting
           or coalesce(mailed_at, ended_at) < :done`,
      {
        unconfirmed: addMs(now, -FORGET_AFTER.unconfirmed),
        waiting: addMs(now, -FORGET_AFTER.waiting),
        done: addMs(now, -FORGET_AFTER.done),
      },
    ),
  );
}

/**
 * The owner of an address wants no letter after all. True also the second time; false for a request that is not of the
 * address.
 */
export async function endRequestOf(
  tx: Tx,
  { requestId, email, now }: { requestId: number; email: string; now: Date },
): Promise<boolean> {
  const found = await row(
    tx,
    `select id from stock_requests where id = :requestId and email = lower(:email)`,
    {
      requestId,
      email,
    },
  );
  if (!found) return false;
  await change(
    tx,
    `update stock_requests set ended_at = :now where id = :requestId and ended_at is null and mailed_at is null`,
    { requestId, now },
  );
  return true;
}

/** Forgets all that an address ever asked for, with the links of its letters. */
export async function forgetRequestsOf(tx: Tx, { email }: { email: string }): Promise<void> {
  await change(tx, `delete from stock_requests where email = lower(:email)`, { email });
}
