import type { ImportRequest, ImportResult } from './import-file.js';
import type { Outcome } from './import-product.js';

/** Everything printable stays on its line: a file's texts cannot move the cursor of the terminal they are printed on. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** The lines that tell an operator what became of one product. */
export function outcomeLines(outcome: Outcome): string[] {
  const handle = printable(outcome.handle || '(no handle)');
  if (outcome.outcome === 'unchanged') return [`skipped  ${handle}: unchanged`];
  if (outcome.outcome === 'bad') {
    const rows = outcome.bad.map(({ row, reason }) => `  row ${row}: ${printable(reason)}`);
    return [`skipped  ${handle}: ${counted(rows.length, 'problem', 'problems')}`, ...rows];
  }
  return [`${outcome.outcome}  ${handle} (${counted(outcome.variants, 'variant', 'variants')})`];
}

/** The lines after all products. */
export function summaryLines(
  { dryRun, currency }: Pick<ImportRequest, 'dryRun' | 'currency'>,
  result: ImportResult,
): string[] {
  if (!result.ok) return [`Nothing imported: ${printable(result.reason)}`];
  const { created, updated, unchanged, bad, badRows } = result;
  const figures = `${created} created, ${updated} updated, ${unchanged + bad} skipped (${unchanged} unchanged, ${bad} bad)`;
  const rows = badRows > 0 ? `; ${counted(badRows, 'bad row', 'bad rows')}` : '';
  return [`${dryRun ? 'Dry run, nothing was changed: ' : ''}${figures}${rows}. Prices in ${currency}.`];
}
