import { correctStock, receiveStock } from '../../inventory/index.js';
import { digest } from '../../lib/ids.js';
import { storeImage } from '../../media/index.js';
import { inTransaction, refuse, type Db, type Tx } from '../../platform/db.js';
import { ensureBrand } from '../actions/save-brand.js';
import { saveProduct } from '../actions/save-product.js';
import type { SavedVariant } from '../actions/save-variants.js';
import { lockSlugs } from '../actions/slugs.js';
import { findImported, listPicturesBySource } from '../queries/products.js';
import { brandOf, digestOf, saysSameQuantity, toDraft, type DraftSettings } from './import-draft.js';
import type { LocalPictures } from './local-pictures.js';
import type { ImportedProduct } from './shopify-products.js';
import type { BadRow } from './problems.js';

/** What happened to one product of the file, or in a dry run would have. */
export type Outcome =
  | { handle: string; outcome: 'created' | 'updated' | 'unchanged'; variants: number }
  | { handle: string; outcome: 'bad'; bad: BadRow[] };

export interface ImportSettings extends DraftSettings {
  dryRun: boolean;
  pictures: LocalPictures | null;
  /** Why stock moved. */
  cause: string;
}

/**
 * Imports one product: all of it in one transaction, or nothing where a row turns out bad. A product whose rows say what
 * they said the last time is left alone, with whatever staff changed since. A dry run does everything and takes it back.
 */
export async function importProduct(
  db: Db,
  product: ImportedProduct,
  settings: ImportSettings,
): Promise<Outcome> {
  const { handle } = product;
  const found = await readLocalPictures(product, settings.pictures);
  if (found.bad.length > 0) return { handle, outcome: 'bad', bad: found.bad };
  const said = digestOf(product, settings.currency);
  if (await isUnchanged(db, { handle, said, local: found.local })) {
    return { handle, outcome: 'unchanged', variants: product.variants.length };
  }
  return await inTransaction<Outcome>(db, async tx => {
    const outcome = await saveImported(tx, { product, local: found.local, said, settings });
    if (settings.dryRun || outcome.outcome === 'bad') refuse(outcome);
    return outcome;
  });
}

type Local = ReadonlyMap<string, Buffer>;

/** The product's pictures that the folder has. A bare file name must be there: nothing else could ever be shown. */
async function readLocalPictures(
  { pictures }: ImportedProduct,
  folder: LocalPictures | null,
): Promise<{ local: Local; bad: BadRow[] }> {
  const local = new Map<string, Buffer>();
  const bad: BadRow[] = [];
  for (const { source, row } of folder ? pictures : []) {
    const bytes = await folder!.read(source);
    if (bytes) local.set(source, bytes);
    else if (!URL.canParse(source))
      bad.push({ row, reason: `there is no picture "${source}" in the folder` });
  }
  return { local, bad };
}

async function isUnchanged(
  db: Db,
  { handle, said, local }: { handle: string; said: string; local: Local },
): Promise<boolean> {
  const known = await findImported(db, { handle });
  if (known?.import_digest !== said) return false;
  const kept = await listPicturesBySource(db, { productId: known.id });
  return [...local].every(([source, bytes]) => kept.get(source) === digest(bytes));
}

async function saveImported(
  tx: Tx,
  {
    product,
    local,
    said,
    settings,
  }: { product: ImportedProduct; local: Local; said: string; settings: ImportSettings },
): Promise<Outcome> {
  const { handle, variants } = product;
  const stored = await storePictures(tx, { product, local });
  if (!stored.ok) return { handle, outcome: 'bad', bad: stored.bad };

  await lockSlugs(tx);
  const known = await findImported(tx, { handle });
  const kept = known ? await listPicturesBySource(tx, { productId: known.id }) : [];
  const brand = brandOf(product);
  const saved = await saveProduct(tx, {
    ...toDraft(product, { said, pictures: new Map([...kept, ...stored.ids]), settings }),
    productId: known?.id ?? null,
    ...(brand ? { brandId: await ensureBrand(tx, brand) } : {}),
  });
  if (!saved.ok) {
    const foreign = variants.filter(({ sku }) => saved.skus.includes(sku));
    const bad = foreign.map(({ row, sku }) => ({ row, reason: `SKU "${sku}" belongs to another product` }));
    return { handle, outcome: 'bad', bad };
  }
  const before = known?.import_digest ?? null;
  const counted = saved.variants.filter(
    ({ created, sku }) => created || !saysSameQuantity(before, said, sku),
  );
  const bad = await saveStock(tx, { product, variants: counted, settings });
  if (bad.length > 0) return { handle, outcome: 'bad', bad };
  return { handle, outcome: saved.created ? 'created' : 'updated', variants: variants.length };
}

const REFUSED = {
  unreadable: 'is not a readable JPEG, PNG, WebP or AVIF',
  'too-large': 'is larger than 20 MB',
  'too-many-pixels': 'has more than 40 million pixels',
};

async function storePictures(
  tx: Tx,
  { product, local }: { product: ImportedProduct; local: Local },
): Promise<{ ok: true; ids: Map<string, string> } | { ok: false; bad: BadRow[] }> {
  const ids = new Map<string, string>();
  const bad: BadRow[] = [];
  for (const { source, row } of product.pictures) {
    const original = local.get(source);
    if (!original) continue;
    const stored = await storeImage(tx, { original });
    if (stored.ok) ids.set(source, stored.picture.id);
    else bad.push({ row, reason: `picture "${source}" ${REFUSED[stored.reason]}` });
  }
  return bad.length > 0 ? { ok: false, bad } : { ok: true, ids };
}

/**
 * What the file says of stock: a first receipt for new variants, a count for known ones. Of those, `variants` holds only
 * the ones whose quantity in the file is another than the last time: what was sold since must not come back with a
 * corrected description. Takes stock rows by variant id.
 */
async function saveStock(
  tx: Tx,
  {
    product,
    variants,
    settings,
  }: { product: ImportedProduct; variants: readonly SavedVariant[]; settings: ImportSettings },
): Promise<BadRow[]> {
  const because = { actor: 'import', cause: settings.cause, now: settings.now };
  const bad: BadRow[] = [];
  for (const { variantId, sku, created } of [...variants].sort((a, b) => a.variantId - b.variantId)) {
    const said = product.variants.find(variant => variant.sku === sku);
    if (!said || said.quantity === null) continue;
    if (created) {
      if (said.quantity > 0) await receiveStock(tx, { variantId, quantity: said.quantity, ...because });
      continue;
    }
    const corrected = await correctStock(tx, { variantId, onHand: said.quantity, ...because });
    if (!corrected.ok && corrected.reason === 'reserved') {
      const reason = `quantity ${said.quantity} is less than the ${corrected.reserved} held for orders under way`;
      bad.push({ row: said.row, reason });
    }
  }
  return bad;
}
