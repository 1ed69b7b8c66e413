import { zipSync, strToU8, type Zippable } from 'fflate';
import { CSV_START, csvLine } from '../lib/csv.js';
import type { Locale } from '../lib/locale.js';
import { formatMoment } from '../lib/time.js';
import { translator } from '../platform/i18n.js';
import type { Cell, SheetRow } from './queries/export.js';
import type { SheetName } from './queries/sheets.js';

const written = (cell: Cell): string | number | null =>
  cell instanceof Date ? cell.toISOString() : typeof cell === 'boolean' ? String(cell) : cell;

/** A sheet for spreadsheets: no text of it becomes a formula. Without rows there is no line of names either. */
export function sheetCsv(sheet: readonly SheetRow[]): string {
  const names = Object.keys(sheet[0] ?? {});
  return (
    CSV_START +
    [names, ...sheet.map(cells => names.map(name => written(cells[name] ?? null)))].map(csvLine).join('')
  );
}

/** All of it as one file: README.txt in the reader's language, data.json for programs, a CSV a sheet, and the pictures. */
export function zipOf({
  sheets,
  pictures,
  locale,
  shop,
  now,
}: {
  sheets: readonly [SheetName, SheetRow[]][];
  pictures: readonly { name: string; body: Buffer }[];
  locale: Locale;
  shop: string;
  now: Date;
}): Buffer {
  const t = translator(locale);
  const about = [
    t('my-account.export.file.title', { shop, at: formatMoment(now, locale) }),
    t('my-account.export.file.forms'),
    t('my-account.export.file.amounts'),
    ...sheets.map(
      ([name, sheet]) => `${name}.csv: ${t(`my-account.export.sheet.${name}`)} (${sheet.length})`,
    ),
    t('my-account.export.file.pictures', { count: pictures.length }),
  ];
  // Windows' own editor wants both characters at a line's end, and the mark in front for Hangul.
  const files: Zippable = { 'README.txt': strToU8(`\uFEFF${about.join('\r\n\r\n')}\r\n`) };
  files['data.json'] = strToU8(JSON.stringify(Object.fromEntries(sheets), null, 2));
  for (const [name, sheet] of sheets) files[`csv/${name}.csv`] = strToU8(sheetCsv(sheet));
  // Pictures are packed already.
  for (const { name, body } of pictures) files[`pictures/${name}.webp`] = [body, { level: 0 }];
  return Buffer.from(zipSync(files, { level: 6, mtime: now }));
}
