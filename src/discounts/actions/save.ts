import { change, row, type Tx } from '../../platform/db.js';
import { foldCode } from '../code.js';
import type { Discount } from '../discount.js';
import { draftProblem, type DiscountDraft, type DraftProblem } from '../draft.js';
import { lockDiscount } from '../queries.js';

export type SaveDiscountResult =
  | { ok: true; id: number }
  | { ok: false; reason: 'code-taken' }
  | { ok: false; reason: 'draft'; problem: DraftProblem }
  | { ok: false; reason: 'unknown' };

/** What the table keeps of a draft besides what never changes. */
const columns = (draft: DiscountDraft) => ({
  name: JSON.stringify(draft.name),
  rate_bp: draft.rateBp,
  amounts: JSON.stringify(draft.amounts),
  buy: draft.buy,
  get: draft.get,
  minimums: JSON.stringify(draft.minimums),
  product_ids: [...draft.productIds],
  category_ids: [...draft.categoryIds],
  starts_at: draft.startsAt,
  ends_at: draft.endsAt,
  first_order_only: draft.firstOrderOnly,
  limit_per_customer: draft.limitPerCustomer,
  limit_total: draft.limitTotal,
  exclusive: draft.exclusive,
  position: draft.position,
});

/** A new discount. A code that folds to one that exists, in use or withdrawn, is taken. */
export async function createDiscount(
  tx: Tx,
  { draft, now }: { draft: DiscountDraft; now: Date },
): Promise<SaveDiscountResult> {
  const problem = draftProblem(draft);
  if (problem) return { ok: false, reason: 'draft', problem };
  const inserted = await tx('discounts')
    .insert({
      ...columns(draft),
      code: draft.code,
      code_folded: draft.code === null ? null : foldCode(draft.code),
      kind: draft.kind,
      created_at: now,
      updated_at: now,
    })
    .onConflict('code_folded')
    .ignore()
    .returning<{ id: number }[]>('id');
  return inserted[0] ? { ok: true, id: inserted[0].id } : { ok: false, reason: 'code-taken' };
}

/**
 * Changes everything of a discount but its code and kind. Orders that have claimed it keep what they were promised; carts
 * see the change at once. Locks the discount: claims wait, so that a new total limit begins with the true count.
 */
export async function updateDiscount(
  tx: Tx,
  { id, draft, now }: { id: number; draft: DiscountDraft; now: Date },
): Promise<SaveDiscountResult> {
  const before = await lockDiscount(tx, { id });
  if (!before) return { ok: false, reason: 'unknown' };
  const problem = draftProblem({ ...draft, kind: before.kind, code: before.code });
  if (problem) return { ok: false, reason: 'draft', problem };
  await tx('discounts')
    .where({ id })
    .update({ ...columns(draft), updated_at: now });
  await change(
    tx,
    `update discounts set used = case when limit_total is null then 0 else
       (select count(*) from discount_claims c where c.discount_id = :id and c.state <> 'released') end where id = :id`,
    { id },
  );
  return { ok: true, id };
}

/** Withdraws a discount, or brings it back. Waiting orders that have claimed it keep it. Repeating it is harmless. */
export async function disableDiscount(
  tx: Tx,
  { id, disabled, now }: { id: number; disabled: boolean; now: Date },
): Promise<{ ok: true; before: Discount } | { ok: false; reason: 'unknown' }> {
  const before = await lockDiscount(tx, { id });
  if (!before) return { ok: false, reason: 'unknown' };
  await tx('discounts')
    .where({ id })
    .update({ disabled_at: disabled ? (before.disabledAt ?? now) : null, updated_at: now });
  return { ok: true, before };
}

/** The seed's way in: makes the discount of this code (or English name) unless there is one; staff's changes stay. */
export async function ensureDiscount(
  tx: Tx,
  { draft, now }: { draft: DiscountDraft; now: Date },
): Promise<void> {
  const known = await row(
    tx,
    `select id from discounts where code_folded = :code or (code is null and name ->> 'en' = :name)`,
    { code: draft.code === null ? '' : foldCode(draft.code), name: draft.name.en },
  );
  if (known) return;
  const created = await createDiscount(tx, { draft, now });
  if (!created.ok) throw new Error(`discount ${draft.name.en}: ${created.reason}`);
}
