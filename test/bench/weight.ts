import http from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { LOCALES, LOCALE_CURRENCY, type Locale } from '../../src/lib/locale.js';
import { findGoods } from '../support/goods.js';
import { fillCart } from '../support/purchase.js';
import { withDemo } from '../support/standalone.js';
import { createVisitor } from '../support/visitor.js';

/** What a page may weigh on the wire, in bytes. */
const LIMITS = { htmlAndCss: 14_000, scripts: 20_000, withoutPictures: 40_000 };

interface Weighed {
  text: string;
  bytes: number;
}

/** Fetches as a browser does and counts the body as it came: fetch() would unpack it unseen. */
function weigh(url: string, cookie = ''): Promise<Weighed> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br, gzip', accept: 'text/html,*/*', ...(cookie ? { cookie } : {}) };
    http
      .get(url, { headers }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const body = Buffer.concat(chunks);
          const encoding = response.headers['content-encoding'];
          const unpacked =
            encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
          if (response.statusCode === 200) resolve({ text: unpacked.toString(), bytes: body.length });
          else reject(new Error(`${url} answered ${response.statusCode}`));
        });
      })
      .on('error', reject);
  });
}

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found!);

/** Addresses a page loads by itself, product pictures left out. */
function loadedBy(html: string, css: string): { styles: string[]; scripts: string[]; others: string[] } {
  const links = html.match(/<link\b[^>]*>/g) ?? [];
  const hrefs = (rel: RegExp) =>
    links.filter(tag => rel.test(tag)).flatMap(tag => all(tag, /\bhref="([^"]+)"/g));
  const pictures = all(html, /<img\b[^>]*\bsrc="([^"]+)"/g).filter(
    src => !src.startsWith('/images/') && !src.includes('/images/'),
  );
  return {
    styles: hrefs(/rel="stylesheet"/),
    scripts: all(html, /<script\b[^>]*\bsrc="([^"]+)"/g),
    others: [
      ...hrefs(/rel="(icon|manifest|preload|apple-touch-icon)"/),
      ...pictures,
      ...all(css, /url\("?([^")]+)"?\)/g).filter(url => !url.startsWith('data:')),
      ...all(html, /<use\b[^>]*\bhref="([^"#]+)/g),
    ],
  };
}

interface Row {
  page: string;
  html: number;
  css: number;
  scripts: number;
  others: number;
}

async function weighPage(page: string, url: string, cookie: string): Promise<Row> {
  const html = await weigh(url, cookie);
  const total = async (addresses: readonly string[], base: string) =>
    await Promise.all([...new Set(addresses)].map(address => weigh(new URL(address, base).href)));
  const sum = (list: readonly Weighed[]) => list.reduce((bytes, one) => bytes + one.bytes, 0);
  const { styles, scripts } = loadedBy(html.text, '');
  const sheets = await total(styles, url);
  const css = sheets.map(sheet => sheet.text).join('');
  const base = styles[0] ? new URL(styles[0], url).href : url;
  const others = loadedBy(html.text, css).others.map(address => new URL(address, base).href);
  return {
    page,
    html: html.bytes,
    css: sum(sheets),
    scripts: sum(await total(scripts, url)),
    others: sum(await total(others, base)),
  };
}

async function pagesIn(
  shop: Parameters<Parameters<typeof withDemo>[0]>[0],
  locale: Locale,
): Promise<[string, string][]> {
  const { slug } = await findGoods(shop.db, { locale, currency: LOCALE_CURRENCY[locale] });
  return [
    ['home', `/${locale}/`],
    ['list', `/${locale}/products`],
    ['product', `/${locale}/products/${slug}`],
    ['cart', `/${locale}/cart`],
    ['checkout', `/${locale}/checkout`],
  ];
}

await withDemo(async shop => {
  const rows: Row[] = [];
  for (const locale of LOCALES) {
    const visitor = createVisitor(shop.origin);
    await fillCart(shop, visitor, locale);
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const [page, path] of await pagesIn(shop, locale)) {
      rows.push(await weighPage(`${locale} ${page}`, shop.origin + encodeURI(path), cookie));
    }
  }
  let heavy = 0;
  console.log(
    'page             HTML     CSS  HTML+CSS  scripts   other     all   (bytes on the wire, no product pictures)',
  );
  for (const { page, html, css, scripts, others } of rows) {
    const whole = html + css + scripts + others;
    const over = [
      html + css > LIMITS.htmlAndCss ? `HTML+CSS over ${LIMITS.htmlAndCss}` : '',
      scripts > LIMITS.scripts ? `scripts over ${LIMITS.scripts}` : '',
      whole > LIMITS.withoutPictures ? `page over ${LIMITS.withoutPictures}` : '',
    ].filter(Boolean);
    heavy += over.length;
    const figures = [html, css].map(bytes => String(bytes).padStart(8)).join('');
    const rest = [scripts, others, whole].map(bytes => String(bytes).padStart(8)).join('');
    console.log(
      `${page.padEnd(12)} ${figures}  ${String(html + css).padStart(8)} ${rest}   ${over.join(', ')}`,
    );
  }
  console.log(heavy === 0 ? 'Every page is within its limits.' : `${heavy} limits are broken.`);
  if (heavy > 0) process.exitCode = 1;
});
