/**
 * What a spreadsheet would take for a formula: `=`, `+`, `-`, `@` (also full-width), a tab or a line's end in front, even
 * behind blanks and quotes. An apostrophe before it makes it a text.
 */
const FORMULA = /^[\s"'\u2018\u2019\u201C\u201D]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A zero byte ends the text in many readers.
  const text = value.replaceAll('\0', '');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file (RFC 4180). Texts cannot become formulas; numbers are written as they are. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map(field).join(',')}\r\n`;

/** First in the file, so that spreadsheets read it as UTF-8. */
export const CSV_START = '\uFEFF';
