import type { Problems } from './problems.js';
import type { FileRow } from './shopify-file.js';
import { readPicture } from './shopify-values.js';
import type { ImportedVariant, ReadSettings } from './shopify-variants.js';

export interface ImportedPicture {
  row: number;
  /** Its address, or the name of a file. */
  source: string;
  alt: string;
}

/** Pictures of all rows in the order the file gives them, then those only variants show; each once. */
export function readGallery(
  {
    title,
    rows,
    variants,
  }: { title: string; rows: readonly FileRow[]; variants: readonly ImportedVariant[] },
  settings: ReadSettings,
  problems: Problems,
): ImportedPicture[] {
  const named = [...rows]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map(({ number: row, cells }) => ({
      row,
      source: problems.take(row, readPicture(cells.imageUrl, settings), null),
      alt: cells.imageAlt || title,
    }));
  const shown = variants.map(({ row, picture }) => ({ row, source: picture, alt: title }));
  const first = new Map<string, ImportedPicture>();
  for (const { source, ...picture } of [...named, ...shown]) {
    if (source !== null && !first.has(source)) first.set(source, { source, ...picture });
  }
  return [...first.values()];
}

/** Rows that name no place come after those that do, in the file's order. */
function placeOf({ cells }: FileRow): number {
  return /^\d{1,4}$/.test(cells.imagePosition) ? Number(cells.imagePosition) : 10_000;
}
