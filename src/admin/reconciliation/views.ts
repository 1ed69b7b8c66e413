import { isCurrency, formatMoney, money } from '../../lib/money.js';
import type { Locale } from '../../lib/locale.js';
import { formatMoment } from '../../lib/time.js';
import { PROVIDERS } from '../../payments/index.js';
import type { Translate } from '../../platform/i18n.js';
import {
  FINDING_STATES,
  KINDS,
  repairsFor,
  type Finding,
  type FindingEvent,
  type FindingState,
  type Repair,
  type Run,
  type Side,
} from '../../reconciliation/index.js';
import { findingListPath, type FindingQuery } from './forms.js';

interface SideView {
  state: string;
  amount: string;
  /** Raw references, each once. */
  ids: string[];
}

export interface FindingView {
  id: number;
  path: string;
  kind: Finding['kind'];
  provider: Finding['provider'];
  providerId: string;
  state: FindingState;
  badge: string;
  order: { number: string; path: string } | null;
  ours: SideView | null;
  theirs: SideView | null;
  foundAt: string;
  checkedAt: string;
  /** How the last repair ended that left it open. */
  outcome: string | null;
  underWay: Repair | null;
  repairs: Repair[];
  note: string | null;
}

const BADGES: Record<FindingState, string> = { open: 'danger', repaired: 'done', dismissed: '', gone: '' };
/** What the providers' words and our reading of their answers have a sentence for; another stands as it came. */
const SAID = new Set([
  ...['open', 'authorised', 'pending', 'captured', 'succeeded', 'failed', 'expired', 'missing'],
  ...['DONE', 'CANCELED', 'PARTIAL_CANCELED', 'requires_action'],
]);
const REFUND_KINDS = new Set<Finding['kind']>(['refund_unknown', 'refund_missing']);

/** A sum as its side has it; one of another currency than the shop's in that currency's smallest unit, as it came. */
function amountOf({ amount, currency }: Side, locale: Locale): string {
  if (amount === null) return '–';
  return isCurrency(currency) ? formatMoney(money(amount, currency), locale) : `${amount} ${currency ?? ''}`;
}

function sideView(side: Side | null, state: string, locale: Locale): SideView | null {
  if (!side) return null;
  const ids = [side.id, side.attemptId, side.transactionId].filter(id => id !== null && id !== '');
  return { state, amount: amountOf(side, locale), ids: [...new Set(ids)] as string[] };
}

export function findingView(
  finding: Finding,
  { t, locale, mayRepair }: { t: Translate; locale: Locale; mayRepair: boolean },
): FindingView {
  const { id, kind, provider, providerId, state, orderNumber, ours, theirs, repair } = finding;
  const said = REFUND_KINDS.has(kind)
    ? t(`admin.refund.state.${ours?.state ?? 'requested'}`)
    : t(`admin.payment.${ours?.state ?? 'opened'}`);
  const isOpen = state === 'open';
  return {
    id,
    path: `/admin/reconciliation/${id}`,
    kind,
    provider,
    providerId,
    state,
    badge: BADGES[state],
    order: orderNumber === null ? null : { number: orderNumber, path: `/admin/orders/${orderNumber}` },
    ours: sideView(ours, said, locale),
    theirs: sideView(
      theirs,
      theirs && SAID.has(theirs.state)
        ? t(`admin.reconciliation.said.${theirs.state}`)
        : (theirs?.state ?? ''),
      locale,
    ),
    foundAt: formatMoment(finding.foundAt, locale),
    checkedAt: formatMoment(finding.checkedAt, locale),
    outcome: isOpen ? finding.outcome : null,
    underWay: isOpen ? repair : null,
    repairs: isOpen && mayRepair && repair === null ? repairsFor(finding) : [],
    note: finding.note,
  };
}

export interface RunView {
  at: string;
  from: string;
  to: string;
  by: string | null;
  read: { payments: string; refunds: string };
  asked: string;
  unanswered: string;
  found: string;
  failed: string[];
  standing: 'done' | 'broken' | 'underWay' | 'failed';
}

export function runView(
  run: Run & { found: number },
  names: ReadonlyMap<string, string>,
  locale: Locale,
): RunView {
  const { counts } = run;
  const count = (of: number) => new Intl.NumberFormat(locale).format(of);
  const standing = counts.broken
    ? 'broken'
    : run.finishedAt === null
      ? 'underWay'
      : counts.failed.length > 0
        ? 'failed'
        : 'done';
  return {
    at: formatMoment(run.startedAt, locale),
    from: formatMoment(run.from, locale),
    to: formatMoment(run.to, locale),
    by: run.actor === 'sweep' ? null : (names.get(run.actor) ?? run.actor),
    read: { payments: count(counts.payments), refunds: count(counts.refunds) },
    asked: count(counts.asked),
    unanswered: count(counts.unanswered),
    found: count(run.found),
    failed: counts.failed,
    standing,
  };
}

export interface ReconciliationView {
  query: FindingQuery;
  states: { state: FindingState | 'all'; count: number; href: string; current: boolean }[];
  kinds: typeof KINDS;
  providers: typeof PROVIDERS;
  findings: FindingView[];
  first: string | null;
  next: string | null;
  /** The list without its filters. */
  clear: string | null;
  runs: RunView[];
  mayRepair: boolean;
}

export function reconciliationView(facts: {
  query: FindingQuery;
  counts: Record<FindingState, number>;
  page: { findings: Finding[]; next: number | null };
  runs: readonly (Run & { found: number })[];
  names: ReadonlyMap<string, string>;
  mayRepair: boolean;
  t: Translate;
  locale: Locale;
}): ReconciliationView {
  const { query, counts, page, runs, names, mayRepair, t, locale } = facts;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    query,
    states: [...FINDING_STATES, 'all' as const].map(state => ({
      state,
      count: state === 'all' ? all : counts[state],
      href: findingListPath({ ...query, state, before: null }),
      current: state === query.state,
    })),
    kinds: KINDS,
    providers: PROVIDERS,
    findings: page.findings.map(finding => findingView(finding, { t, locale, mayRepair })),
    first: query.before === null ? null : findingListPath({ ...query, before: null }),
    next: page.next === null ? null : findingListPath({ ...query, before: page.next }),
    clear:
      query.kind === null && query.provider === null
        ? null
        : findingListPath({ state: query.state, kind: null, provider: null, before: null }),
    runs: runs.map(run => runView(run, names, locale)),
    mayRepair,
  };
}

export interface FindingEventView {
  at: string;
  what: FindingEvent['what'];
  by: string | null;
  repair: Repair | null;
  outcome: string | null;
  note: string | null;
}

export const eventView = (
  { what, actor, data, at }: FindingEvent,
  names: ReadonlyMap<string, string>,
  locale: Locale,
): FindingEventView => ({
  at: formatMoment(at, locale),
  what,
  by: actor === 'sweep' ? null : (names.get(actor) ?? actor),
  repair: data?.repair ?? null,
  outcome: data?.outcome ?? null,
  note: data?.note ?? null,
});
