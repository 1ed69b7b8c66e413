import type { Locale } from '../../lib/locale.js';
import { formatMoment } from '../../lib/time.js';
import { noticeView, type Notice } from '../../notifications/index.js';
import type { Translate } from '../../platform/i18n.js';
import { MOST, type Work } from './queries.js';

/** Everything that waits, each kind counted up to `MOST`. */
export type Waiting = Work & { returnsToDecide: number; returnsAwaited: number };

export interface HomeView {
  /** One row a kind of work: its sentence is `admin.home.work.<kind>`. */
  work: { kind: keyof Waiting; count: string; href: string; urgent: boolean }[];
  notices: { id: number; title: string; href: string; at: string }[];
  /** How many more notices there are than shown. */
  more: number;
  mayHandle: boolean;
}

/** Where each kind of work is listed, what burns first. */
const LISTS: readonly { kind: keyof Waiting; href: string; urgent: boolean }[] = [
  { kind: 'mismatches', href: '/admin/orders?payment=mismatch', urgent: true },
  { kind: 'refundsFailed', href: '/admin/orders?refund=failed', urgent: true },
  { kind: 'held', href: '/admin/orders?hold=any', urgent: true },
  { kind: 'refundsDue', href: '/admin/orders?payment=refund_due', urgent: false },
  { kind: 'returnsToDecide', href: '/admin/returns?state=requested', urgent: false },
  { kind: 'toPack', href: '/admin/orders?state=paid', urgent: false },
  { kind: 'packing', href: '/admin/orders?state=fulfilling', urgent: false },
  { kind: 'underWay', href: '/admin/orders?state=shipped', urgent: false },
  { kind: 'returnsAwaited', href: '/admin/returns?state=accepted', urgent: false },
  { kind: 'unpaid', href: '/admin/orders?state=pending', urgent: false },
];

export function homeView(facts: {
  work: Waiting;
  notices: readonly Notice[];
  open: number;
  t: Translate;
  locale: Locale;
  mayHandle: boolean;
}): HomeView {
  const { work, notices, open, t, locale, mayHandle } = facts;
  return {
    work: LISTS.map(({ kind, href, urgent }) => ({
      kind,
      count: work[kind] < MOST ? String(work[kind]) : `${MOST}+`,
      href,
      urgent: urgent && work[kind] > 0,
    })),
    notices: notices.map(notice => {
      const { id, title, path, createdAt } = noticeView(notice, t);
      return { id, title, href: path, at: formatMoment(createdAt, locale) };
    }),
    more: open - notices.length,
    mayHandle,
  };
}
