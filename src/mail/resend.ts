import { lockOrder, recordOrderEvent } from '../orders/index.js';
import type { Tx } from '../platform/db.js';
import { emit } from '../platform/jobs.js';
import { findOrderLetter, wasJustResent } from './queries.js';

export type ResendResult = { ok: true } | { ok: false; reason: 'unknown' | 'just-sent' };

/**
 * Sends a letter about an order once more, with today's facts and under a Message-ID of its own; the history says who asked.
 * `letterId` is one of `listOrderLetters`. A second click within a minute is `just-sent`. Locks the order.
 */
export async function resendLetter(
  tx: Tx,
  { orderId, letterId, actor, now }: { orderId: number; letterId: number; actor: string; now: Date },
): Promise<ResendResult> {
  await lockOrder(tx, { orderId });
  const letter = await findOrderLetter(tx, { orderId, letterId });
  if (!letter) return { ok: false, reason: 'unknown' };
  if (await wasJustResent(tx, { orderId, letterId })) return { ok: false, reason: 'just-sent' };
  await emit(tx, 'letter.resent', { orderId, letterId });
  await recordOrderEvent(tx, {
    orderId,
    kind: 'letter',
    data: { letterId, letter: letter.kind },
    actor,
    cause: 'letter sent again',
    now,
  });
  return { ok: true };
}
