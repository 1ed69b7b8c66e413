import { row, type Tx } from '../../platform/db.js';
import { MINUTE } from '../../lib/time.js';
import { lockOrder } from '../queries.js';
import { recordOrderEvent } from './record.js';

/** As long as a note may be. */
export const NOTE_LENGTH = 2_000;

export type NoteResult = { ok: true; repeated: boolean } | { ok: false; reason: 'empty' | 'too-long' };

/**
 * A remark of staff in the order's history; buyers never see it. The same words by the same person within a minute are
 * the same note, sent twice. Locks the order.
 */
export async function addNote(
  tx: Tx,
  { orderId, text, actor, now }: { orderId: number; text: string; actor: string; now: Date },
): Promise<NoteResult> {
  const note = text.normalize('NFC').trim();
  if (note === '') return { ok: false, reason: 'empty' };
  if (note.length > NOTE_LENGTH) return { ok: false, reason: 'too-long' };
  await lockOrder(tx, { orderId });
  const before = await row(
    tx,
    `select id from order_events
      where order_id = :orderId and kind = 'note' and actor = :actor and data ->> 'text' = :note and created_at > :since`,
    { orderId, actor, note, since: new Date(now.getTime() - MINUTE) },
  );
  if (!before)
    await recordOrderEvent(tx, { orderId, kind: 'note', data: { text: note }, actor, cause: 'note', now });
  return { ok: true, repeated: before !== null };
}
