import { cleanHtml, htmlFromText } from '../../lib/html.js';
import { shorten, slugify, stripTags } from '../../lib/text.js';
import type { OptionDraft, ProductDraft } from '../product-draft.js';
import { gatherProblems, type BadRow, type Problems } from './problems.js';
import type { FileRow } from './shopify-file.js';
import { readGallery, type ImportedPicture } from './shopify-gallery.js';
import { readState } from './shopify-values.js';
import { readVariants, type ImportedVariant, type ReadSettings } from './shopify-variants.js';

/** One product as a file says it, all of it understood. */
export interface ImportedProduct {
  handle: string;
  title: string;
  descriptionHtml: string;
  summary: string;
  vendor: string;
  /** What kind of thing it is: the type, then the last step of Shopify's taxonomy. */
  kinds: string[];
  state: ProductDraft['state'];
  options: OptionDraft[];
  variants: ImportedVariant[];
  pictures: ImportedPicture[];
}

export type ReadProduct =
  { ok: true; product: ImportedProduct } | { ok: false; handle: string; bad: BadRow[] };

/**
 * Products of a file, in the order of their first rows. A product with one bad row is bad as a whole: it comes back with
 * all that is wrong with it. Rows that belong to no product are bad under an empty handle.
 */
export function readProducts(rows: readonly FileRow[], settings: ReadSettings): ReadProduct[] {
  const byHandle = new Map<string, FileRow[]>();
  for (const row of rows) {
    const handle = (row.cells.handle || slugify(row.cells.title)).toLowerCase();
    const own = byHandle.get(handle);
    if (own) own.push(row);
    else byHandle.set(handle, [row]);
  }
  return [...byHandle].map(([handle, own]) => readProduct(handle, own, settings));
}

function readProduct(handle: string, rows: readonly FileRow[], settings: ReadSettings): ReadProduct {
  const problems = gatherProblems();
  for (const { number, problem } of rows) if (problem !== null) problems.add(number, problem);
  if (handle === '') {
    for (const { number } of rows) problems.add(number, 'neither a handle nor a title');
    return { ok: false, handle, bad: problems.list() };
  }
  const lead = rows.find(({ cells }) => cells.title !== '') ?? rows[0]!;
  const { title, vendor, published, status } = lead.cells;
  checkLead(handle, lead, problems);
  const state = problems.take(lead.number, readState(published, status), 'draft');
  const { options, variants } = readVariants({ handle, lead, rows }, settings, problems);
  const pictures = readGallery({ title, rows, variants }, settings, problems);
  const bad = problems.list();
  if (bad.length > 0) return { ok: false, handle, bad };
  return {
    ok: true,
    product: { handle, title, vendor, ...readWords(lead), state, options, variants, pictures },
  };
}

const LONGEST = 255;
const SUMMARY_LENGTH = 120;

function checkLead(handle: string, { number, cells }: FileRow, problems: Problems): void {
  if (cells.title === '') problems.add(number, 'the product has no title');
  for (const [what, text] of Object.entries({ handle, title: cells.title, vendor: cells.vendor })) {
    if (text.length > LONGEST) problems.add(number, `the ${what} is longer than ${LONGEST} characters`);
  }
  if (cells.giftCard.toLowerCase() === 'true') problems.add(number, 'gift cards are not sold here');
}

function readWords({ cells }: FileRow): Pick<ImportedProduct, 'descriptionHtml' | 'summary' | 'kinds'> {
  const descriptionHtml = htmlFromText(cells.body);
  const summary = stripTags(cleanHtml(cells.seoDescription)) || stripTags(descriptionHtml);
  const leaf = cells.taxonomy.split('>').at(-1)!.trim();
  return {
    descriptionHtml,
    summary: shorten(summary, SUMMARY_LENGTH),
    kinds: [cells.type, leaf].filter(kind => kind !== ''),
  };
}
