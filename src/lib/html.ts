import sanitizeHtml from 'sanitize-html';

const TAGS = ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'h2', 'h3', 'h4', 'a', 'blockquote', 'sub', 'sup'];
const TABLE_TAGS = ['table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td'];

/**
 * The HTML that staff and imports may bring: text, lists, links, tables; no pictures, styles, scripts, forms or any
 * attribute that acts (`on…`, `hx-…`, `data-…`). What it lets through it lets through unchanged the second time, so
 * that cleaned HTML can be compared. The page has its own h1 (and above a product's text its h2): `topHeading` is what
 * the highest heading here becomes.
 */
export function cleanHtml(html: string, { topHeading = 3 }: { topHeading?: 2 | 3 } = {}): string {
  const heading = topHeading === 2 ? { h1: 'h2' } : { h1: 'h3', h2: 'h3' };
  return sanitizeHtml(keepApart(html), {
    allowedTags: [...TAGS, ...TABLE_TAGS],
    allowedAttributes: { a: ['href'], th: ['scope', 'colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { ...heading, h5: 'h4', h6: 'h4', b: 'strong', i: 'em', a: knownLink },
    nonTextTags: ['script', 'style', 'textarea', 'option', 'title', 'noscript', 'template'],
    nestingLimit: 30,
  }).trim();
}

/** Cleaned HTML; a text without any tag of a block becomes paragraphs, as its writer saw it. */
export function htmlFromText(text: string): string {
  const html = cleanHtml(text);
  if (html === '' || /<(p|ul|ol|h2|h3|h4|blockquote|table)\b/.test(html)) return html;
  const paragraphs = html.split(/\s*\n\s*\n\s*/).map(part => `<p>${part.replace(/\n/g, ' ')}</p>`);
  return paragraphs.join('\n');
}

/** A link keeps its address only in the forms a browser cannot read as anything else. */
function knownLink(
  tagName: string,
  { href = '' }: Record<string, string>,
): { tagName: string; attribs: Record<string, string> } {
  const known = /^(https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/i.test(href);
  return { tagName, attribs: known ? { href } : {} };
}

/** Boxes vanish but their content stays: without a blank, the last word of one would join the first of the next. */
function keepApart(html: string): string {
  return html.replace(/<\/(div|section|article|dd|dt|figcaption)>/gi, '$&\n');
}
