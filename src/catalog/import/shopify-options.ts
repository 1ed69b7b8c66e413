import { digest } from '../../lib/ids.js';
import { slugify } from '../../lib/text.js';
import type { OptionDraft } from '../product-draft.js';
import type { Problems } from './problems.js';
import type { Field } from './shopify-columns.js';
import type { FileRow } from './shopify-file.js';

const COLUMNS = [
  { name: 'option1Name', value: 'option1Value' },
  { name: 'option2Name', value: 'option2Value' },
  { name: 'option3Name', value: 'option3Value' },
] as const satisfies readonly { name: Field; value: Field }[];
const LONGEST_VALUE = 255;
const LONGEST_CODE = 80;

interface Column {
  /** As shoppers read it. */
  label: string;
  code: string;
  value: Field;
}

interface ReadOptions {
  options: OptionDraft[];
  /** For each row of a variant, the code of its value in each option. */
  chosen: { row: FileRow; values: Record<string, string> }[];
}

/** Options with their names from the product's own row and their values, in order, from the rows of its variants. */
export function readOptions(lead: FileRow, rows: readonly FileRow[], problems: Problems): ReadOptions {
  const columns = readColumns(lead, rows, problems);
  const first = new Map<string, number>();
  const chosen = rows.map(row => {
    const values = Object.fromEntries(columns.map(column => [column.code, readValue(row, column, problems)]));
    const key = JSON.stringify(values);
    const before = first.get(key);
    if (before === undefined) first.set(key, row.number);
    else problems.add(row.number, `the same variant as in row ${before}`);
    return { row, values };
  });
  const options = columns.map(({ code, label, value }) => ({
    code,
    name: { en: label },
    values: distinctValues(rows.map(row => row.cells[value])),
  }));
  return { options, chosen };
}

/** The columns that this product uses. */
function readColumns(lead: FileRow, rows: readonly FileRow[], problems: Problems): Column[] {
  if (isWithoutOptions(lead, rows)) return [];
  for (const { name, value } of COLUMNS) {
    const row = lead.cells[name] === '' ? rows.find(({ cells }) => cells[value] !== '') : undefined;
    if (row) problems.add(row.number, `option value "${row.cells[value]}" has no option name`);
  }
  const columns = COLUMNS.filter(({ name }) => lead.cells[name] !== '').map(({ name, value }) => ({
    label: lead.cells[name],
    code: codeOf(lead.cells[name]),
    value,
  }));
  if (new Set(columns.map(({ code }) => code)).size < columns.length) {
    problems.add(lead.number, 'two options have the same name');
  }
  return columns;
}

/** Products without options come with the option "Title" and its one value "Default Title". */
function isWithoutOptions(lead: FileRow, rows: readonly FileRow[]): boolean {
  return (
    lead.cells.option1Name === 'Title' &&
    rows.every(({ cells }) => cells.option1Value === 'Default Title' || cells.option1Value === '')
  );
}

function readValue({ number, cells }: FileRow, { value, label }: Column, problems: Problems): string {
  const text = cells[value];
  if (text === '') problems.add(number, `there is no value for the option "${label}"`);
  if (text.length > LONGEST_VALUE) {
    problems.add(number, `an option value is longer than ${LONGEST_VALUE} characters`);
  }
  return codeOf(text);
}

/** Names an option or value for ever; what has neither letters nor digits ("★"), or too many, is named by its bytes. */
function codeOf(text: string): string {
  const slug = slugify(text);
  return slug !== '' && slug.length <= LONGEST_CODE ? slug : digest(text);
}

function distinctValues(texts: readonly string[]): OptionDraft['values'] {
  const labels = new Map<string, string>();
  for (const text of texts) if (text !== '' && !labels.has(codeOf(text))) labels.set(codeOf(text), text);
  return [...labels].map(([code, label]) => ({ code, label: { en: label } }));
}
