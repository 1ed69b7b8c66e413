import { LOCALES, type Locale } from '../../lib/locale.js';
import { slugify } from '../../lib/text.js';
import { row, rows, type Tx } from '../../platform/db.js';

/** What has slugs: its kind among former slugs, and the table of its translations with the column that names it. */
export interface SlugOwner {
  kind: 'product' | 'category' | 'bundle';
  table: `${string}_translations`;
  column: `${string}_id`;
}
type Slugs = Partial<Record<Locale, string>>;

export const PRODUCT: SlugOwner = { kind: 'product', table: 'product_translations', column: 'product_id' };
export const CATEGORY: SlugOwner = {
  kind: 'category',
  table: 'category_translations',
  column: 'category_id',
};

/** Any constant will do: it names "someone is giving out slugs and SKUs" among this database's advisory locks. */
const SLUG_LOCK = 815_200_443;
const LONGEST = 100;
const TRIED_AT_ONCE = 20;

/** Until the end of the transaction nobody else gives out slugs or SKUs. Taken before any row is locked. */
export async function lockSlugs(tx: Tx): Promise<void> {
  await row(tx, `select pg_advisory_xact_lock(:key)`, { key: SLUG_LOCK });
}

/**
 * Decides the slugs of a product, category or set: the wish of each language, or wish-2, wish-3 … where the wish is
 * another's or once was. A slug belongs to one product in all languages, because pages without a translation show the
 * English one. Slugs that stop being used are remembered as former slugs. Needs `lockSlugs`; the caller writes the
 * translations.
 */
export async function giveSlugs(
  tx: Tx,
  { owner, id, wishes }: { owner: SlugOwner; id: number; wishes: Slugs },
): Promise<Slugs> {
  const found = await tx(owner.table)
    .where({ [owner.column]: id })
    .select<{ locale: Locale; slug: string }[]>('locale', 'slug');
  const before: Slugs = Object.fromEntries(found.map(({ locale, slug }) => [locale, slug]));
  const after = { ...before };
  for (const locale of LOCALES) {
    const wish = wishes[locale];
    if (wish !== undefined) after[locale] = await freeSlug(tx, { owner, id, wish, current: before[locale] });
  }
  await rememberFormer(tx, { kind: owner.kind, id, before, after });
  return after;
}

async function freeSlug(
  tx: Tx,
  { owner, id, wish, current }: { owner: SlugOwner; id: number; wish: string; current: string | undefined },
): Promise<string> {
  const base = [...slugify(wish)].slice(0, LONGEST).join('').replace(/-+$/, '') || `${owner.kind}-${id}`;
  if (current === base) return base;
  for (let first = 1; ; first += TRIED_AT_ONCE) {
    const candidates = Array.from({ length: TRIED_AT_ONCE }, (_, index) => numbered(base, first + index));
    const taken = await listTaken(tx, { owner, id, candidates });
    const free = candidates.find(candidate => !taken.has(candidate));
    if (free) return free;
  }
}

const numbered = (base: string, number: number) => (number === 1 ? base : `${base}-${number}`);

/** Which of the candidates lead, or once led, to another product (or category), in whatever language. */
async function listTaken(
  tx: Tx,
  { owner, id, candidates }: { owner: SlugOwner; id: number; candidates: readonly string[] },
): Promise<Set<string>> {
  const { kind, table, column } = owner;
  const found = await rows<{ slug: string }>(
    tx,
    `select slug from ${table} where locale = any(:locales) and slug = any(:candidates) and ${column} <> :id
      union
     select slug from former_slugs
      where kind = :kind and locale = any(:locales) and slug = any(:candidates) and target_id <> :id`,
    { kind, id, candidates, locales: LOCALES },
  );
  return new Set(found.map(({ slug }) => slug));
}

/** Addresses that worked in a language, its own slug or else the English one, and no longer do. */
async function rememberFormer(
  tx: Tx,
  { kind, id, before, after }: { kind: SlugOwner['kind']; id: number; before: Slugs; after: Slugs },
): Promise<void> {
  const shown = (slugs: Slugs, locale: Locale) => slugs[locale] ?? slugs.en;
  const former = LOCALES.map(locale => ({
    locale,
    was: shown(before, locale),
    is: shown(after, locale),
  })).filter(({ was, is }) => was !== undefined && was !== is);
  if (former.length > 0) {
    await tx('former_slugs')
      .insert(former.map(({ locale, was }) => ({ kind, locale, slug: was, target_id: id })))
      .onConflict()
      .ignore();
  }
  // A slug taken back is no former slug: it would lead in a circle.
  await tx('former_slugs')
    .where({ kind, target_id: id })
    .whereIn(
      ['locale', 'slug'],
      LOCALES.map(locale => [locale, shown(after, locale) ?? '']),
    )
    .delete();
}
