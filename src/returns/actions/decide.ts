import { NotFound } from '../../lib/errors.js';
import { assertMove } from '../../lib/moves.js';
import { lockOrder, recordOrderEvent, type Order } from '../../orders/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { findReturnById, type Return } from '../queries.js';
import { NOTE_LENGTH, RETURN_MOVES, type ReturnState } from '../rules.js';

/** Who decides about which return. */
export interface ByStaff {
  returnId: number;
  actor: string;
  now: Date;
}

export type DecideResult =
  /** `repeated`: it was so already. */
  | { ok: true; repeated: boolean }
  /** `state`: it has been decided otherwise, or ended. */
  | { ok: false; reason: 'state' | 'words' };

/** The goods may come. Only of a return that waits; a withdrawal is accepted by itself. Locks the order. */
export async function acceptReturn(tx: Tx, by: ByStaff): Promise<DecideResult> {
  const { order, found } = await lockReturn(tx, by);
  if (found.state === 'accepted') return { ok: true, repeated: true };
  if (found.state !== 'requested') return { ok: false, reason: 'state' };
  await moveReturn(tx, order, found, 'accepted', { decided_at: by.now }, by);
  await emit(tx, 'return.accepted', { orderId: order.id, returnId: found.id });
  return { ok: true, repeated: false };
}

/** The goods need not come; `words` go to the buyer as they are. Locks the order. */
export async function refuseReturn(
  tx: Tx,
  { words, ...by }: ByStaff & { words: string },
): Promise<DecideResult> {
  const refusal = words.normalize('NFC').trim();
  if (refusal === '' || refusal.length > NOTE_LENGTH) return { ok: false, reason: 'words' };
  const { order, found } = await lockReturn(tx, by);
  if (found.state === 'refused') return { ok: true, repeated: true };
  if (found.state !== 'requested') return { ok: false, reason: 'state' };
  await moveReturn(tx, order, found, 'refused', { decided_at: by.now, refusal }, by);
  await emit(tx, 'return.refused', { orderId: order.id, returnId: found.id });
  return { ok: true, repeated: false };
}

/** The goods never came, or the buyer keeps them: their pieces can be sent back another time. Locks the order. */
export async function closeReturn(tx: Tx, by: ByStaff): Promise<DecideResult> {
  const { order, found } = await lockReturn(tx, by);
  if (found.state === 'closed') return { ok: true, repeated: true };
  if (found.state !== 'requested' && found.state !== 'accepted') return { ok: false, reason: 'state' };
  await moveReturn(tx, order, found, 'closed', { closed_at: by.now }, by);
  await emit(tx, 'return.closed', { orderId: order.id, returnId: found.id });
  return { ok: true, repeated: false };
}

/** The order's lock and the return as it stands under it. @throws NotFound when there is no such return. */
export async function lockReturn(
  tx: Tx,
  { returnId }: { returnId: number },
): Promise<{ order: Order; found: Return }> {
  const known = await findReturnById(tx, { returnId });
  if (!known) throw new NotFound();
  const order = await lockOrder(tx, { orderId: known.orderId });
  return { order, found: (await findReturnById(tx, { returnId }))! };
}

/** The one writer of a return's state: checks the table of moves, writes the row and the order's timeline. */
export async function moveReturn(
  tx: Tx,
  order: Order,
  found: Return,
  to: ReturnState,
  columns: Readonly<Record<string, unknown>>,
  { actor, now }: ByStaff,
): Promise<void> {
  assertMove(RETURN_MOVES, found.state, to, `return ${found.id}`);
  await tx('returns')
    .where({ id: found.id })
    .update({ ...columns, state: to });
  await recordOrderEvent(tx, {
    orderId: order.id,
    kind: 'return',
    data: { step: to, returnId: found.id, number: found.number },
    actor,
    cause: `return ${to}`,
    now,
  });
}
