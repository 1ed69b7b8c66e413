/** Everything people type for the Uzbek letters oʻ, gʻ and the tutuq belgisi. */
const APOSTROPHES = /[\u02BB\u02BC\u2018\u2019'`´]/g;

/** One spelling for searching and comparing: NFC, lower case, one apostrophe, single blanks. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(APOSTROPHES, 'ʻ').replace(/\s+/g, ' ').trim();
}

/** A text in which LIKE finds nothing but itself: its signs stand for themselves after a backslash. */
export const literally = (text: string): string => text.replace(/[\\%_]/g, sign => `\\${sign}`);

/** A slug of letters (any script) and digits; apostrophes vanish, so that "oʻlcham" becomes "olcham". */
export function slugify(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** `text` cut to at most `length` characters, at a word where one ends late enough. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  return `${space > length * 0.6 ? cut.slice(0, space) : cut}…`;
}

/** The words of an HTML text, for summaries and plain-text parts. Input is our own sanitised HTML. */
export function stripTags(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
