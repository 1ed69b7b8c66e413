import { CORRECTION_REASONS } from '../../inventory/index.js';
import type { Locale } from '../../lib/locale.js';
import { formatMoment } from '../../lib/time.js';
import { STOCK_LISTS, type StockQuery } from './forms.js';
import type { Held, LedgerLine, StockItem } from './queries.js';

interface ItemView {
  sku: string;
  name: string;
  variantName: string;
  href: string;
  onSale: boolean;
  onHand: number;
  reserved: number;
  available: number;
  threshold: number;
  waiting: number;
  /** How what is available is set off. */
  standing: 'out' | 'low' | 'in';
}

function itemView(item: StockItem): ItemView {
  const { sku, name, variantName, onSale, onHand, reserved, threshold, waiting } = item;
  const available = onHand - reserved;
  const standing = available <= 0 ? 'out' : available <= threshold ? 'low' : 'in';
  return {
    sku,
    name,
    variantName,
    href: `/admin/stock/${item.variantId}`,
    onSale,
    onHand,
    reserved,
    available,
    threshold,
    waiting,
    standing,
  };
}

function listPath(query: Partial<StockQuery>): string {
  const said = { list: query.list === 'all' ? '' : query.list, q: query.text, after: query.after };
  const params = new URLSearchParams(
    Object.entries(said).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
  return params.size > 0 ? `/admin/stock?${params}` : '/admin/stock';
}

export interface StockListView {
  text: string;
  list: StockQuery['list'];
  lists: { list: StockQuery['list']; count: number; href: string; current: boolean }[];
  items: ItemView[];
  first: string | null;
  next: string | null;
}

export function stockListView(
  query: StockQuery,
  { items, next }: { items: StockItem[]; next: string | null },
  counts: Record<StockQuery['list'], number>,
): StockListView {
  const { list, text, after } = query;
  return {
    text,
    list,
    lists: STOCK_LISTS.map(each => ({
      list: each,
      count: counts[each],
      href: listPath({ list: each, text }),
      current: each === list,
    })),
    items: items.map(itemView),
    first: after === '' ? null : listPath({ list, text }),
    next: next === null ? null : listPath({ list, text, after: next }),
  };
}

/** "+3", "−2", "" for what did not change. */
const signed = (count: number): string => (count === 0 ? '' : count > 0 ? `+${count}` : `−${-count}`);

/** Actors that have a sentence of their own, `admin.stock.actor.<name>`; others are shown as they are. */
const KNOWN_ACTORS = ['buyer', 'webhook', 'sweep', 'seed', 'stripe', 'toss', 'import'];

export interface StockPageView extends ItemView {
  variantId: number;
  productPath: string;
  /** Whether the reader may change anything here. */
  writable: boolean;
  /** A form's own name, so that it counts once. */
  once: string;
  reasons: readonly string[];
  held: { orderNumber: string; href: string; quantity: number; since: string; until: string }[];
  ledger: {
    at: string;
    kind: string;
    delta: string;
    reservedDelta: string;
    onHandAfter: number;
    reservedAfter: number;
    reason: string | null;
    cause: string;
    actor: string | null;
    actorName: string;
    orderNumber: string | null;
  }[];
  older: string | null;
  newest: string | null;
}

export function stockPageView(page: {
  item: StockItem;
  held: Held[];
  /** One more than is shown, when there is more. */
  ledger: LedgerLine[];
  size: number;
  before: number | null;
  writable: boolean;
  once: string;
  locale: Locale;
}): StockPageView {
  const { item, locale, size } = page;
  const shown = page.ledger.slice(0, size);
  const path = `/admin/stock/${item.variantId}`;
  return {
    ...itemView(item),
    variantId: item.variantId,
    productPath: `/products/${item.slug}?variant=${encodeURIComponent(item.sku)}`,
    writable: page.writable,
    once: page.once,
    reasons: CORRECTION_REASONS,
    held: page.held.map(({ orderNumber, quantity, since, until }) => ({
      orderNumber,
      href: `/admin/orders/${orderNumber}`,
      quantity,
      since: formatMoment(since, locale),
      until: formatMoment(until, locale),
    })),
    ledger: shown.map(line => ({
      at: formatMoment(line.at, locale),
      kind: line.kind,
      delta: signed(line.delta),
      reservedDelta: signed(line.reservedDelta),
      onHandAfter: line.onHandAfter,
      reservedAfter: line.reservedAfter,
      reason: line.reason,
      cause: line.cause,
      actor: KNOWN_ACTORS.includes(line.actor) ? line.actor : null,
      actorName: line.staffName ?? line.actor,
      orderNumber: line.orderNumber,
    })),
    older: page.ledger.length > size ? `${path}?before=${shown.at(-1)?.id}#ledger` : null,
    newest: page.before === null ? null : `${path}#ledger`,
  };
}
