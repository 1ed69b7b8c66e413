import type { PayDeps } from '../../checkout/index.js';
import { needsAccount, type Provider, type ProviderRecord } from '../../payments/index.js';
import { log } from '../../platform/log.js';
import { addMs } from '../../lib/time.js';
import { listStaleFindings, type Run } from '../queries.js';
import {
  listPaymentsNamed,
  listRefundsOf,
  listUnseenPayments,
  listUnseenRefunds,
  type PaymentRow,
} from '../queries/books.js';
import { agrees, hasMoved, REFUND_OVERDUE_MS, theirsOf } from '../rules.js';
import { NO_COUNTS, type Counts, type Step } from '../rules/runs.js';
import { lookAt, subjectOf } from './look.js';
import type { Subject } from './note.js';

/** What one piece of a run did: where to go on within the step (null: the step is done), and what it counted. */
export interface Pieced {
  cursor: number | null;
  counts: Partial<Counts>;
}

const BATCH = 100;
/** After this long a piece ends where it is: jobs must not look as if their process had died. */
const PIECE_MS = 45_000;
/** A provider that leaves so many questions open in one piece is not there. */
const PATIENCE = 3;

/** Does one piece of a run. Repeatable: what it noted before is noted again. */
export async function compare(
  deps: PayDeps,
  { run, step, now }: { run: Run; step: Step; now: Date },
): Promise<Pieced> {
  if (step.what === 'open') return await lookAgain(deps, { run, now });
  const { provider } = step;
  if (!deps.gateways[provider] || run.counts.failed.includes(provider)) return { cursor: null, counts: {} };
  try {
    return step.what === 'list'
      ? await compareList(deps, { run, step, now })
      : await compareOurs(deps, { run, step, now });
  } catch (error) {
    if (!(error instanceof Silent)) throw error;
    log.warn('reconciliation: no answer', { run: run.id, provider, step: step.what });
    return { cursor: null, counts: { failed: [provider] } };
  }
}

/** The provider did not answer, or not to the end. */
class Silent extends Error {
  override readonly name = 'Silent';
}

/** Looks at subjects one by one and counts; gives up on a provider that does not answer. */
function asker(deps: PayDeps, { run, now }: { run: Run; now: Date }) {
  const counts = { asked: 0, unanswered: 0 };
  const began = performance.now();
  return {
    counts,
    isLate: () => performance.now() - began > PIECE_MS,
    async ask(subject: Subject): Promise<void> {
      counts.asked += 1;
      if ((await lookAt(deps, { runId: run.id, subject, now })) === 'noted') return;
      counts.unanswered += 1;
      if (counts.unanswered >= PATIENCE) throw new Silent(subject.provider);
    },
  };
}

/** One day of a provider's list against our rows, a hundred records at a time. */
async function compareList(
  deps: PayDeps,
  { run, step, now }: { run: Run; step: Extract<Step, { what: 'list' }>; now: Date },
): Promise<Pieced> {
  const { provider, from, to } = step;
  const counts = { ...NO_COUNTS };
  const looker = asker(deps, { run, now });
  let batch: ProviderRecord[] = [];
  for await (const record of listed(deps, provider, { from, to })) {
    if (!hasMoved(record)) continue;
    counts[record.kind === 'payment' ? 'payments' : 'refunds'] += 1;
    batch.push(record);
    if (batch.length < BATCH) continue;
    await compareBatch(deps, { run, provider, batch, ask: looker.ask });
    batch = [];
  }
  await compareBatch(deps, { run, provider, batch, ask: looker.ask });
  return { cursor: null, counts: { ...counts, ...looker.counts } };
}

/** A list whose own failure can be told from a failure of ours in the middle of it. */
async function* listed(
  { gateways }: PayDeps,
  provider: Provider,
  period: { from: Date; to: Date },
): AsyncGenerator<ProviderRecord> {
  const records = gateways[provider]!.list(period)[Symbol.asyncIterator]();
  for (;;) {
    const next = await records.next().catch(() => {
      throw new Silent(provider);
    });
    if (next.done === true) return;
    yield next.value;
  }
}

async function compareBatch(
  deps: PayDeps,
  {
    run,
    provider,
    batch,
    ask,
  }: {
    run: Run;
    provider: Provider;
    batch: readonly ProviderRecord[];
    ask: (subject: Subject) => Promise<void>;
  },
): Promise<void> {
  const present = (values: (string | null)[]): string[] => values.filter(value => value !== null);
  const payments = await listPaymentsNamed(deps.db, {
    provider,
    references: present(batch.map(({ reference }) => reference)),
    attempts: present(batch.map(({ attemptId }) => attemptId)),
    transactions: present(batch.map(({ transactionId }) => transactionId)),
  });
  const refunds = await listRefundsOf(deps.db, { paymentIds: payments.map(({ id }) => id) });
  for (const record of batch) {
    const payment = paymentOf(record, payments);
    if (record.kind === 'payment') {
      if (!payment) await ask(chargeOf(provider, record));
      else {
        if (!agrees(record, payment))
          await ask({ of: 'payment', provider, paymentId: payment.id, transactionId: record.transactionId });
        // A list goes on telling of a deposit that its bank took back since: each is asked about with our own rows.
        if (!needsAccount(payment)) await see(deps, run, 'payment', payment.id);
      }
      continue;
    }
    // What became of a charge that is none of ours belongs to that charge.
    if (!payment) continue;
    const refund = refunds.find(
      ({ providerRefundId, paymentId }) => paymentId === payment.id && providerRefundId === record.providerId,
    );
    if (refund && (refund.state === 'succeeded' || refund.state === 'pending'))
      await see(deps, run, 'refund', refund.id);
    else
      await ask({
        of: 'refund',
        provider,
        paymentId: payment.id,
        refundId: null,
        providerRefundId: record.providerId,
      });
  }
}

const paymentOf = (record: ProviderRecord, payments: readonly PaymentRow[]): PaymentRow | undefined =>
  payments.find(({ reference }) => reference === record.reference) ??
  payments.find(({ providerId }) => providerId !== null && providerId === record.attemptId) ??
  payments.find(({ transactionId }) => transactionId !== null && transactionId === record.transactionId);

const chargeOf = (provider: Provider, record: ProviderRecord): Subject => ({
  of: 'charge',
  provider,
  chargeId: record.providerId,
  theirs: theirsOf(record),
  reference: record.reference,
});

async function see({ db }: PayDeps, run: Run, kind: 'payment' | 'refund', rowId: number): Promise<void> {
  await db('reconciliation_seen').insert({ run_id: run.id, kind, row_id: rowId }).onConflict().ignore();
}

/** Our own rows of the period that the list did not show: each is asked about before anything is said of it. */
async function compareOurs(
  deps: PayDeps,
  { run, step, now }: { run: Run; step: Extract<Step, { what: 'payments' | 'refunds' }>; now: Date },
): Promise<Pieced> {
  const { provider, what } = step;
  const looker = asker(deps, { run, now });
  const wanted = { runId: run.id, provider, from: run.from, to: run.to, after: run.cursor, limit: BATCH };
  const subjects: { id: number; subject: Subject }[] =
    what === 'payments'
      ? (await listUnseenPayments(deps.db, wanted)).map(id => ({
          id,
          subject: { of: 'payment', provider, paymentId: id, transactionId: null },
        }))
      : (await listUnseenRefunds(deps.db, { ...wanted, overdue: addMs(now, -REFUND_OVERDUE_MS) })).map(
          ({ id, paymentId }) => ({
            id,
            subject: { of: 'refund', provider, paymentId, refundId: id, providerRefundId: null },
          }),
        );
  return await inTurn(subjects, looker);
}

/** Findings that nothing in this run has come across: what they are about may be older than the period. */
async function lookAgain(deps: PayDeps, { run, now }: { run: Run; now: Date }): Promise<Pieced> {
  const looker = asker(deps, { run, now });
  const found = await listStaleFindings(deps.db, { before: run.startedAt, after: run.cursor, limit: BATCH });
  const subjects = found
    .filter(({ provider }) => !run.counts.failed.includes(provider))
    .map(finding => ({ id: finding.id, subject: subjectOf(finding) }));
  try {
    return await inTurn(subjects, looker);
  } catch (error) {
    if (!(error instanceof Silent)) throw error;
    return { cursor: null, counts: looker.counts };
  }
}

async function inTurn(
  subjects: readonly { id: number; subject: Subject }[],
  looker: ReturnType<typeof asker>,
): Promise<Pieced> {
  for (const { id, subject } of subjects) {
    await looker.ask(subject);
    if (looker.isLate()) return { cursor: id, counts: looker.counts };
  }
  return { cursor: subjects.length < BATCH ? null : subjects.at(-1)!.id, counts: looker.counts };
}
