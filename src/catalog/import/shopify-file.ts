import { CsvError, parse } from 'csv-parse/sync';
import { FIELDS, readHeader, type Field, type Header } from './shopify-columns.js';

/** One row of the file that says something, by our names; what its file has no column for is empty. */
export interface FileRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  number: number;
  cells: Readonly<Record<Field, string>>;
  /** What is wrong with the row as such. */
  problem: string | null;
}

export type ShopifyFile = { ok: true; rows: FileRow[] } | { ok: false; reason: string };

const MAX_BYTES = 100 * 1024 * 1024;

/**
 * Reads a file in UTF-8, with or without byte order mark, lines ended in any way. Broken quoting makes the whole file
 * unreadable: nobody can tell where its rows begin.
 */
export function readShopifyFile(bytes: Buffer): ShopifyFile {
  if (bytes.length > MAX_BYTES) return { ok: false, reason: 'the file is larger than 100 MB' };
  let text: string;
  try {
    // Decoding takes the byte order mark away.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, reason: 'the file is not in UTF-8' };
  }
  let records: string[][];
  try {
    records = readRecords(text);
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'the file is not CSV' };
  }
  const header = readHeader(records[0] ?? []);
  if (!header.ok) return header;
  const rows = records
    .map((record, index) => readRow(record, index + 1, header))
    .slice(1)
    .filter(row => row.problem !== null || FIELDS.some(field => row.cells[field] !== ''));
  return { ok: true, rows };
}

/**
 * Strict first: a forgotten closing quote would swallow rows unseen. A file that only has quotes inside unquoted cells
 * (a 12" bench, typed by hand) is read leniently.
 */
function readRecords(text: string): string[][] {
  const options = { relax_column_count: true };
  try {
    return parse(text, options);
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'INVALID_OPENING_QUOTE') throw error;
    return parse(text, { ...options, relax_quotes: true });
  }
}

function readRow(
  record: readonly string[],
  number: number,
  { columns, width }: Extract<Header, { ok: true }>,
): FileRow {
  const cell = (field: Field) => {
    const at = columns.get(field);
    return (at === undefined ? undefined : record[at])?.trim() ?? '';
  };
  const cells = Object.fromEntries(FIELDS.map(field => [field, cell(field)])) as Record<Field, string>;
  return { number, cells, problem: rowProblem(record, width) };
}

function rowProblem(record: readonly string[], width: number): string | null {
  if (record.slice(width).some(cell => cell.trim() !== '')) {
    return `the row has ${record.length} cells where the header has ${width}`;
  }
  // Postgres keeps no NUL in a text; U+FFFD would be silent loss.
  if (record.some(cell => cell.includes('\0'))) return 'a cell contains a NUL character';
  return null;
}
