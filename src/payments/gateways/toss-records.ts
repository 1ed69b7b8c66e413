import type { ProviderRecord } from './gateway.js';
import type { TossApi } from './toss-api.js';
import { koreanMoment } from './toss-evidence.js';

/** Toss gives at most this many rows an answer. */
const PAGE = 100;
/** A page that never ends is a fault of theirs or ours, not a reason to ask for ever. */
const PAGES = 1_000;

/**
 * Everything that moved money in a period, oldest first: deposits and approvals as payments, cancellations as refunds.
 * An account that was only issued or closed moved none and is left out.
 * @throws Error when Toss does not answer: half a list would look like missing money.
 */
export async function* listAtToss(
  api: TossApi,
  { from, to, live }: { from: Date; to: Date; live: boolean },
): AsyncGenerator<ProviderRecord> {
  let startingAfter: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await api.listTransactions({
      startDate: koreanTime(from),
      endDate: koreanTime(to),
      limit: PAGE,
      ...(startingAfter ? { startingAfter } : {}),
    });
    if (!answer.ok) throw new Error(`Toss gave no list: ${answer.code}`);
    for (const row of answer.transactions) {
      const at = koreanMoment(row.transactionAt);
      if (!at) throw new Error('Toss gave a list that cannot be read');
      const isRefund = row.amount < 0 || row.status.endsWith('CANCELED');
      if (!isRefund && row.status !== 'DONE') continue;
      // Toss lists whole seconds; ours may be finer.
      if (at.getTime() + 999 < from.getTime() || at > to) continue;
      yield {
        kind: isRefund ? 'refund' : 'payment',
        providerId: row.transactionKey,
        transactionId: row.transactionKey,
        attemptId: row.paymentKey,
        reference: row.orderId,
        amount: Math.abs(row.amount),
        currency: row.currency,
        at,
        live,
        state: row.status,
      };
    }
    startingAfter = answer.transactions.at(-1)?.transactionKey;
    if (answer.transactions.length < PAGE || !startingAfter) return;
  }
  throw new Error('Toss gave a list without an end');
}

/** The query has no place for an offset: it is read as Korean time. */
const koreanTime = (date: Date): string =>
  new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(0, 19);
