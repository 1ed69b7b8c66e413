import { MOST, type Work } from './queries.js';

export interface HomeView {
  /** One row a kind of work: its sentence is `admin.home.work.<kind>`. */
  work: { kind: keyof Work; count: string; href: string; urgent: boolean }[];
}

/** Where each kind of work is listed, what burns first. */
const LISTS: readonly { kind: keyof Work; query: string; urgent: boolean }[] = [
  { kind: 'mismatches', query: 'payment=mismatch', urgent: true },
  { kind: 'refundsFailed', query: 'refund=failed', urgent: true },
  { kind: 'held', query: 'hold=any', urgent: true },
  { kind: 'refundsDue', query: 'payment=refund_due', urgent: false },
  { kind: 'toPack', query: 'state=paid', urgent: false },
  { kind: 'packing', query: 'state=fulfilling', urgent: false },
  { kind: 'underWay', query: 'state=shipped', urgent: false },
  { kind: 'unpaid', query: 'state=pending', urgent: false },
];

export function homeView(work: Work): HomeView {
  return {
    work: LISTS.map(({ kind, query, urgent }) => ({
      kind,
      count: work[kind] < MOST ? String(work[kind]) : `${MOST}+`,
      href: `/admin/orders?${query}`,
      urgent: urgent && work[kind] > 0,
    })),
  };
}
