import { giveSlugs, listVariants, lockSlugs, type SlugOwner } from '../catalog/index.js';
import { cleanHtml } from '../lib/html.js';
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../lib/locale.js';
import { CURRENCIES, money, type Currency } from '../lib/money.js';
import { change, row, type Tx } from '../platform/db.js';
import { offerOf } from './rules.js';

const BUNDLE: SlugOwner = { kind: 'bundle', table: 'bundle_translations', column: 'bundle_id' };

export interface BundleText {
  name: string;
  /** A wish, as a product's. */
  slug: string;
  summary: string;
  descriptionHtml: string;
}

export interface BundleDraft {
  /** Names the set for ever, in no language: "home-gym". */
  code: string;
  state: 'draft' | 'active' | 'archived';
  position: number;
  translations: { en: BundleText } & Partial<Record<Locale, BundleText>>;
  /** At least two pieces, each variant once. */
  items: readonly { variantId: number; quantity: number }[];
  /** Smallest units, of one set. In other currencies the set is shown but not sold. */
  prices: Partial<Record<Currency, number>>;
}

export type SaveBundleResult =
  | { ok: true; bundleId: number }
  /** The set would cost more than its parts, or its parts are not sold in this currency. */
  | { ok: false; reason: 'dearer-than-parts' | 'parts-unpriced'; currency: Currency }
  | { ok: false; reason: 'too-few-parts' };

/**
 * Makes the set of this code what the draft says. Takes the lock of slugs and locks the set. Nothing is written when it
 * refuses. Former slugs keep leading to it.
 */
export async function saveBundle(tx: Tx, draft: BundleDraft): Promise<SaveBundleResult> {
  const refusal = await refusalOf(tx, draft);
  if (refusal) return refusal;
  const { code, state, position } = draft;
  await lockSlugs(tx);
  await change(tx, `insert into bundles (code) values (:code) on conflict (code) do nothing`, { code });
  const { id } = (await row<{ id: number }>(
    tx,
    `select id from bundles where code = :code for no key update`,
    {
      code,
    },
  ))!;
  await tx('bundles').where({ id }).update({ state, position });

  const texts = LOCALES.flatMap(locale => {
    const text = draft.translations[locale];
    return text ? [{ locale, ...text }] : [];
  });
  const wishes = Object.fromEntries(texts.map(({ locale, slug }) => [locale, slug]));
  const slugs = await giveSlugs(tx, { owner: BUNDLE, id, wishes });
  await tx('bundle_translations')
    .insert(
      texts.map(({ locale, name, summary, descriptionHtml }) => ({
        bundle_id: id,
        locale,
        name,
        summary,
        description_html: cleanHtml(descriptionHtml),
        slug: slugs[locale],
      })),
    )
    .onConflict(['bundle_id', 'locale'])
    .merge();

  await tx('bundle_items').where({ bundle_id: id }).delete();
  await tx('bundle_items').insert(
    draft.items.map(({ variantId, quantity }, place) => ({
      bundle_id: id,
      position: place,
      variant_id: variantId,
      quantity,
    })),
  );
  await tx('bundle_prices').where({ bundle_id: id }).delete();
  const prices = pricesOf(draft).map(([currency, amount]) => ({ bundle_id: id, currency, amount }));
  if (prices.length > 0) await tx('bundle_prices').insert(prices);
  return { ok: true, bundleId: id };
}

const pricesOf = ({ prices }: BundleDraft): [Currency, number][] =>
  CURRENCIES.flatMap(currency => {
    const amount = prices[currency];
    return amount === undefined ? [] : [[currency, amount]];
  });

async function refusalOf(
  tx: Tx,
  draft: BundleDraft,
): Promise<Extract<SaveBundleResult, { ok: false }> | null> {
  const pieces = draft.items.reduce((count, { quantity }) => count + quantity, 0);
  if (pieces < 2) return { ok: false, reason: 'too-few-parts' };
  for (const [currency, amount] of pricesOf(draft)) {
    const ids = draft.items.map(({ variantId }) => variantId);
    const variants = await listVariants(tx, { ids, locale: DEFAULT_LOCALE, currency });
    const parts = draft.items.map(({ variantId, quantity }) => ({
      quantity,
      price: variants.find(variant => variant.variantId === variantId)?.price ?? null,
    }));
    const { partsTotal } = offerOf(currency, money(amount, currency), parts);
    if (!partsTotal) return { ok: false, reason: 'parts-unpriced', currency };
    if (amount > partsTotal.amount) return { ok: false, reason: 'dearer-than-parts', currency };
  }
  return null;
}
