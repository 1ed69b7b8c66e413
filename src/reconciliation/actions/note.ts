import { row, rows, type Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import type { Provider } from '../../payments/index.js';
import type { Difference, Kind } from '../rules.js';

/** What can differ: a payment of ours, a charge that has no row of ours, or a refund of one of our payments. */
export type Subject =
  | { of: 'payment'; provider: Provider; paymentId: number; transactionId: string | null }
  | {
      of: 'charge';
      provider: Provider;
      chargeId: string;
      theirs: NonNullable<Difference['theirs']>;
      reference: string | null;
    }
  | {
      of: 'refund';
      provider: Provider;
      paymentId: number;
      refundId: number | null;
      providerRefundId: string | null;
    };

/** Ours by id, theirs by the provider's name. */
export interface Names {
  /** What the provider knows it by: its own id, or our reference there. */
  providerId: string;
  paymentId: number | null;
  orderId: number | null;
  refundId: number | null;
}

const KINDS_OF: Record<Subject['of'], readonly Kind[]> = {
  payment: ['charge_without_order', 'order_without_charge', 'different_amount', 'different_id', 'other_mode'],
  charge: ['charge_without_order'],
  refund: ['refund_unknown', 'refund_missing'],
};

export async function recordEvent(
  tx: Tx,
  event: { findingId: number; what: string; actor: string; data?: object; now: Date },
): Promise<void> {
  await tx('reconciliation_events').insert({
    finding_id: event.findingId,
    what: event.what,
    actor: event.actor,
    data: event.data ? JSON.stringify(event.data) : null,
    created_at: event.now,
  });
}

/**
 * Brings the findings about one subject to what was seen of it just now: opens what is new, updates what is still so and
 * closes what is not, as repaired where somebody had asked for it. One that was dismissed with the same facts stays so.
 * The second of two calls changes nothing more. Needs the payment's lock where there is a payment.
 */
export async function noteDifferences(
  tx: Tx,
  seen: {
    runId: number | null;
    subject: Subject;
    names: Names;
    differences: readonly Difference[];
    now: Date;
  },
): Promise<void> {
  await closeOthers(tx, seen);
  for (const difference of seen.differences) await open(tx, seen, difference);
}

async function closeOthers(
  tx: Tx,
  { subject, names, differences, now }: Parameters<typeof noteDifferences>[1],
): Promise<void> {
  const still = new Set(differences.map(({ kind }) => kind));
  const closed = await rows<{ id: number; by: string | null; repair: string | null }>(
    tx,
    `update reconciliation_findings f
        set state = case when repair is null or repair = 'look' then 'gone' else 'repaired' end,
            repaired_at = case when repair is null or repair = 'look' then null else cast(:now as timestamptz) end,
            repaired_by = case when repair is null or repair = 'look' then null else repair_asked_by end,
            outcome = case when repair is null then outcome else 'done' end,
            repair = null, repair_asked_at = null, repair_asked_by = null, checked_at = :now
       from (select id, repair as was, repair_asked_by as by from reconciliation_findings
              where state = 'open' and provider = :provider and kind = any(:kinds)
                and case when :of = 'payment' then payment_id = :paymentId and refund_id is null
                         when :of = 'charge' then provider_id = :providerId
                         else payment_id = :paymentId and provider_id = :providerId end
              for no key update) before
      where f.id = before.id returning f.id, before.by, before.was as repair`,
    {
      now,
      provider: subject.provider,
      kinds: KINDS_OF[subject.of].filter(kind => !still.has(kind)),
      of: subject.of,
      paymentId: names.paymentId,
      providerId: names.providerId,
    },
  );
  for (const { id, by, repair } of closed) {
    const isRepair = repair !== null && repair !== 'look';
    await recordEvent(tx, {
      findingId: id,
      what: isRepair ? 'repaired' : 'gone',
      actor: by ?? 'sweep',
      ...(repair ? { data: { repair } } : {}),
      now,
    });
    log.info('reconciliation finding closed', { finding: id, by: by ?? 'sweep' });
  }
}

async function open(
  tx: Tx,
  { runId, subject, names, now }: Parameters<typeof noteDifferences>[1],
  { kind, ours, theirs }: Difference,
): Promise<void> {
  const facts = {
    kind,
    provider: subject.provider,
    providerId: names.providerId,
    ours: ours && JSON.stringify(ours),
    theirs: theirs && JSON.stringify(theirs),
    now,
  };
  const known = await row<{ id: number }>(
    tx,
    `update reconciliation_findings
        set ours = cast(:ours as jsonb), theirs = cast(:theirs as jsonb), checked_at = :now
      where kind = :kind and provider = :provider and provider_id = :providerId
        and (state = 'open' or (state = 'dismissed' and ours is not distinct from cast(:ours as jsonb)
                                and theirs is not distinct from cast(:theirs as jsonb)))
      returning id`,
    facts,
  );
  if (known) return;
  const opened = await row<{ id: number }>(
    tx,
    `insert into reconciliation_findings (run_id, kind, provider, provider_id, payment_id, order_id, refund_id, ours, theirs,
                                          found_at, checked_at)
     values (coalesce(:runId, (select max(id) from reconciliation_runs)), :kind, :provider, :providerId, :paymentId, :orderId,
             :refundId, cast(:ours as jsonb), cast(:theirs as jsonb), :now, :now)
     on conflict (kind, provider, provider_id) where state = 'open' do nothing returning id`,
    { ...facts, ...names, runId },
  );
  if (!opened) return;
  await recordEvent(tx, { findingId: opened.id, what: 'found', actor: 'sweep', now });
  log.warn('reconciliation found', { finding: opened.id, kind, provider: subject.provider });
}
