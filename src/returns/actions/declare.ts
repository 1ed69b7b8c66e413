import { keepPrivatePicture, type PrivatePicture } from '../../media/index.js';
import { lockOrder, recordOrderEvent, type Order } from '../../orders/index.js';
import { emit } from '../../platform/jobs.js';
import type { Tx } from '../../platform/db.js';
import { findReturnByToken, listReturnableLines, listReturnsOfOrder } from '../queries.js';
import { isInTime, returnProblem, type Reason, type ReturnKind, type ReturnLine } from '../rules.js';

export interface Declaration {
  kind: ReturnKind;
  /** Only of a return: a withdrawal needs none. */
  reason: Reason | null;
  note: string;
  lines: readonly ReturnLine[];
  photos: readonly PrivatePicture[];
  /** Drawn with the form: sent twice it is one return. */
  token: string;
}

export type DeclareResult =
  | { ok: true; number: number; repeated: boolean }
  | {
      ok: false;
      reason:
        /** Nothing of the order has left, it has ended, or the time is over. */
        'not-open' | 'nothing' | 'too-many';
    };

/** States of an order whose pieces may be with the buyer. */
export const mayReturn = ({ state }: Pick<Order, 'state'>): boolean =>
  state === 'fulfilling' || state === 'shipped' || state === 'delivered';

/**
 * The buyer sends goods back. A withdrawal is accepted by itself; a return waits for staff. Pieces that were refunded or
 * are on their way back already cannot be sent twice, whoever asks at once. Locks the order.
 */
export async function declareReturn(
  tx: Tx,
  { orderId, now, ...declared }: Declaration & { orderId: number; now: Date },
): Promise<DeclareResult> {
  const order = await lockOrder(tx, { orderId });
  const before = await findReturnByToken(tx, { orderId, token: declared.token });
  if (before) return { ok: true, number: before.number, repeated: true };
  if (!mayReturn(order) || !isInTime(declared.kind, order.country, order.deliveredAt, now))
    return { ok: false, reason: 'not-open' };
  const problem = returnProblem(declared.lines, await listReturnableLines(tx, { orderId }));
  if (problem) return { ok: false, reason: problem };

  const number = (await listReturnsOfOrder(tx, { orderId })).length + 1;
  const accepted = declared.kind === 'withdrawal';
  const [inserted] = await tx('returns')
    .insert({
      order_id: orderId,
      number,
      kind: declared.kind,
      state: accepted ? 'accepted' : 'requested',
      reason: declared.reason,
      note: declared.note,
      token: declared.token,
      created_at: now,
      decided_at: accepted ? now : null,
    })
    .returning<{ id: number }[]>('id');
  const returnId = inserted!.id;
  await keepParts(tx, returnId, declared, now);
  await recordOrderEvent(tx, {
    orderId,
    kind: 'return',
    data: { step: 'requested', returnId, number, kind: declared.kind, lines: declared.lines },
    actor: 'buyer',
    cause: accepted ? 'withdrawal' : `return: ${declared.reason}`,
    now,
  });
  await emit(tx, 'return.requested', { orderId, returnId });
  return { ok: true, number, repeated: false };
}

async function keepParts(tx: Tx, returnId: number, { lines, photos }: Declaration, now: Date): Promise<void> {
  await tx('return_lines').insert(
    lines.map(({ orderLineId, quantity }) => ({
      return_id: returnId,
      order_line_id: orderLineId,
      quantity,
    })),
  );
  for (const [index, picture] of photos.entries()) {
    const imageId = await keepPrivatePicture(tx, { picture, now });
    await tx('return_images').insert({ return_id: returnId, position: index + 1, image_id: imageId });
  }
}
