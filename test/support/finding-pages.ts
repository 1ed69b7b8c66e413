import { HOUR, MINUTE, addMs } from '../../src/lib/time.js';
import { KINDS, type Kind, type Side } from '../../src/reconciliation/index.js';
import type { Shop } from './shop.js';

const side = (state: string, amount: number | null, id: string): Side => ({
  state,
  amount,
  currency: amount === null ? null : 'USD',
  id,
  attemptId: null,
  transactionId: null,
});

/** Both sides of each kind, as a comparison would have left them. */
const SIDES: Record<Kind, { ours: Side | null; theirs: Side | null }> = {
  charge_without_order: { ours: null, theirs: side('succeeded', 129_900, 'ch_3Qn0order') },
  order_without_charge: {
    ours: side('captured', 129_900, 'pay_0ourReference'),
    theirs: side('missing', null, ''),
  },
  different_amount: {
    ours: side('mismatch', 129_900, 'pay_0ourReference'),
    theirs: side('captured', 29_900, 'cs_test_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6'),
  },
  different_id: {
    ours: side('captured', 9_900, 'pay_0ourReference'),
    theirs: side('captured', 9_900, 'pi_3Qn0same'),
  },
  refund_unknown: { ours: null, theirs: side('succeeded', 4_500, 're_3Qn0byHand') },
  refund_missing: { ours: side('succeeded', 4_500, 'ref_0ourReference'), theirs: null },
  other_mode: { ours: side('captured', 9_900, 'pay_0ourReference'), theirs: null },
};

/** Where the findings of a language are: one of each kind, and each way in which one can have ended. */
export interface FindingPages {
  kinds: [kind: Kind, path: string][];
  underWay: string;
  stuck: string;
  repaired: string;
  dismissed: string;
  gone: string;
}

/**
 * Findings written straight into the tables, with a run that was read to its end and one that was not. For looking at:
 * no provider knows of them.
 */
export async function insertFindings(
  shop: Shop,
  { name, orderId, by }: { name: string; orderId: number; by: string },
): Promise<FindingPages> {
  const now = shop.now();
  const run = (counts: object, hours: number) =>
    shop
      .db('reconciliation_runs')
      .insert({
        from_at: addMs(now, -96 * HOUR),
        to_at: addMs(now, -hours * HOUR),
        actor: hours > 1 ? 'sweep' : by,
        counts: JSON.stringify(counts),
        started_at: addMs(now, -hours * HOUR),
        finished_at: addMs(now, -hours * HOUR + MINUTE),
      })
      .returning<{ id: number }[]>('id');
  await run({ payments: 40, refunds: 0, asked: 2, unanswered: 2, failed: ['toss'] }, 10);
  const [ended] = await run({ payments: 1_284, refunds: 31, asked: 9, unanswered: 0, failed: [] }, 1);

  const insert = async (kind: Kind, key: string, more: object = {}) => {
    const { ours, theirs } = SIDES[kind];
    const [finding] = await shop
      .db('reconciliation_findings')
      .insert({
        run_id: ended!.id,
        kind,
        provider: 'stripe',
        provider_id: `${theirs?.id || ours?.id}_${name}_${key}`,
        order_id: ours ? orderId : null,
        ours: ours && JSON.stringify(ours),
        theirs: theirs && JSON.stringify(theirs),
        found_at: now,
        checked_at: now,
        told_at: now,
        ...more,
      })
      .returning<{ id: number }[]>('id');
    const events: [what: string, actor: string, data: object | null][] = [['found', 'sweep', null]];
    if ('state' in more && more.state === 'repaired')
      events.push(['asked', by, { repair: 'import' }], ['repaired', by, null]);
    if ('state' in more && more.state === 'dismissed')
      events.push(['dismissed', by, { note: 'Agreed with the buyer by telephone.' }]);
    if ('outcome' in more) events.push(['tried', by, { repair: 'resend', outcome: more.outcome }]);
    for (const [what, actor, data] of events)
      await shop.db('reconciliation_events').insert({
        finding_id: finding!.id,
        what,
        actor,
        data: data && JSON.stringify(data),
        created_at: now,
      });
    return `/admin/reconciliation/${finding!.id}`;
  };

  const kinds: [Kind, string][] = [];
  for (const kind of KINDS) kinds.push([kind, await insert(kind, 'open')]);
  return {
    kinds,
    underWay: await insert('refund_unknown', 'asked', {
      repair: 'import',
      repair_asked_at: now,
      repair_asked_by: by,
    }),
    stuck: await insert('refund_missing', 'tried', { outcome: 'unanswered' }),
    repaired: await insert('refund_unknown', 'done', {
      state: 'repaired',
      repaired_at: now,
      repaired_by: by,
    }),
    dismissed: await insert('different_amount', 'seen', {
      state: 'dismissed',
      note: 'Agreed with the buyer by telephone.',
    }),
    gone: await insert('order_without_charge', 'gone', { state: 'gone' }),
  };
}
