import { literally } from '../../lib/text.js';
import { DEFAULT_THRESHOLD, type CorrectionReason, type MovementKind } from '../../inventory/index.js';
import { localize, type Locale, type Localized } from '../../lib/locale.js';
import { row, rows, type Db } from '../../platform/db.js';
import type { StockQuery } from './forms.js';

export interface StockItem {
  variantId: number;
  sku: string;
  name: string;
  /** "Graphite, 24 kg"; empty for a product without options. */
  variantName: string;
  slug: string;
  /** Whether shoppers can see it. */
  onSale: boolean;
  onHand: number;
  reserved: number;
  threshold: number;
  /** Confirmed requests for a letter when it is back. */
  waiting: number;
}

type Row = Omit<StockItem, 'variantName'> & { labels: Localized[] | null };

const toItem = ({ labels, ...item }: Row, locale: Locale): StockItem => ({
  ...item,
  variantName: (labels ?? []).map(label => localize(label, locale).text).join(', '),
});

/** A variant that was never counted has no stock row: it has nothing, and the usual threshold. */
const ITEMS = `
  select v.id as "variantId", v.sku, coalesce(own.name, en.name) as name, coalesce(own.slug, en.slug) as slug,
         v.active and p.state = 'active' as "onSale", coalesce(s.on_hand, 0) as "onHand", coalesce(s.reserved, 0) as reserved,
         coalesce(s.low_threshold, :usual) as threshold,
         (select json_agg(ov.label order by o.position)
            from variant_values vv join options o on o.id = vv.option_id join option_values ov on ov.id = vv.value_id
           where vv.variant_id = v.id) as labels,
         (select count(*)::int from stock_requests r where r.variant_id = v.id and r.confirmed_at is not null
             and r.mailed_at is null and r.ended_at is null) as waiting
    from variants v
    join products p on p.id = v.product_id
    join product_translations en on en.product_id = p.id and en.locale = 'en'
    left join product_translations own on own.product_id = p.id and own.locale = :locale
    left join stock s on s.variant_id = v.id`;

/** What a list leaves out. What is not on sale is never "low": nobody has to order it. */
const BELOW = `v.active and p.state = 'active' and coalesce(s.on_hand - s.reserved, 0)`;
const LISTS: Record<StockQuery['list'], string> = {
  all: 'true',
  low: `${BELOW} <= coalesce(s.low_threshold, :usual)`,
  out: `${BELOW} <= 0`,
};

const MATCHES = `(:text = '' or v.sku ilike :pattern
  or exists (select from product_translations pt where pt.product_id = p.id and pt.name ilike :pattern))`;

const textBindings = (text: string) => ({
  text,
  pattern: `%${literally(text)}%`,
  usual: DEFAULT_THRESHOLD,
});

export const PAGE_SIZE = 50;

/** One page of variants by SKU, and the SKU after which the next one begins; null on the last page. */
export async function listStock(
  db: Db,
  { list, text, after, locale }: StockQuery & { locale: Locale },
): Promise<{ items: StockItem[]; next: string | null }> {
  const found = await rows<Row>(
    db,
    `${ITEMS} where ${LISTS[list]} and ${MATCHES} and (:after = '' or v.sku > :after) order by v.sku limit :limit`,
    { ...textBindings(text), after, locale, limit: PAGE_SIZE + 1 },
  );
  const items = found.slice(0, PAGE_SIZE).map(item => toItem(item, locale));
  return { items, next: found.length > PAGE_SIZE ? (items.at(-1)?.sku ?? null) : null };
}

/** How many variants each list holds, of those that the text finds. */
export async function countStock(
  db: Db,
  { text }: { text: string },
): Promise<Record<StockQuery['list'], number>> {
  const found = await row<Record<StockQuery['list'], number>>(
    db,
    `select count(*)::int as all, (count(*) filter (where ${LISTS.low}))::int as low,
            (count(*) filter (where ${LISTS.out}))::int as out
       from variants v join products p on p.id = v.product_id left join stock s on s.variant_id = v.id
      where ${MATCHES}`,
    textBindings(text),
  );
  return found!;
}

export async function findStockItem(
  db: Db,
  { variantId, locale }: { variantId: number; locale: Locale },
): Promise<StockItem | null> {
  const found = await row<Row>(db, `${ITEMS} where v.id = :variantId`, {
    variantId,
    locale,
    usual: DEFAULT_THRESHOLD,
  });
  return found && toItem(found, locale);
}

export interface Held {
  orderNumber: string;
  quantity: number;
  since: Date;
  until: Date;
}

/** Who holds pieces of a variant now, oldest first. */
export async function listHeld(db: Db, { variantId }: { variantId: number }): Promise<Held[]> {
  return await rows<Held>(
    db,
    `select o.number as "orderNumber", r.quantity, r.created_at as since, r.expires_at as until
       from stock_reservations r join orders o on o.id = r.order_id
      where r.variant_id = :variantId and r.state = 'active' order by r.id limit 200`,
    { variantId },
  );
}

export interface LedgerLine {
  id: number;
  at: Date;
  kind: MovementKind;
  delta: number;
  reservedDelta: number;
  onHandAfter: number;
  reservedAfter: number;
  reason: CorrectionReason | null;
  cause: string;
  actor: string;
  /** Of the member of staff who did it, by the name they have now. */
  staffName: string | null;
  orderNumber: string | null;
}

/** A variant's ledger, newest first. `before`: the id where the page above ended. */
export async function listLedger(
  db: Db,
  { variantId, before, limit }: { variantId: number; before: number | null; limit: number },
): Promise<LedgerLine[]> {
  return await rows<LedgerLine>(
    db,
    `select m.id, m.created_at as at, m.kind, m.delta, m.reserved_delta as "reservedDelta", m.on_hand_after as "onHandAfter",
            m.reserved_after as "reservedAfter", m.reason, m.cause, m.actor, u.name as "staffName", o.number as "orderNumber"
       from stock_movements m
       left join users u on m.actor like 'staff:%' and u.id = cast(nullif(regexp_replace(m.actor, '\\D', '', 'g'), '') as bigint)
       left join orders o on o.id = m.order_id
      where m.variant_id = :variantId and (cast(:before as bigint) is null or m.id < :before)
      order by m.id desc limit :limit`,
    { variantId, before, limit },
  );
}
