import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { browserslistToTargets, bundle } from 'lightningcss';
import { publicDir } from '../platform/places.js';

/**
 * The asset step: stylesheets joined and minified, htmx taken from its package as it is, icons, fonts and pictures of
 * the frame; each under a name that holds a hash of its bytes and compressed once, at start.
 */
export interface Assets {
  /** Address of an asset by its plain name, such as `app.css`. */
  url(name: string): string;
  serve: RequestHandler;
}

interface Asset {
  type: string;
  body: Buffer;
  brotli: Buffer | null;
  gzip: Buffer | null;
}

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = new Set(['.css', '.js', '.svg', '.webmanifest']);

/** Browsers the stylesheet is written down for: nesting and newer colour functions are lowered where they lack them. */
const TARGETS = browserslistToTargets(['chrome 105', 'edge 105', 'firefox 110', 'safari 16']);

/** The store's sheet, and the desk's, which a shopper never loads. */
const SHEETS = ['app.css', 'admin.css'];

function stylesheet(name: string): Buffer {
  const { code } = bundle({ filename: path.join(publicDir, 'css', name), minify: true, targets: TARGETS });
  return Buffer.from(code);
}

function htmx(): Buffer {
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve('htmx.org/dist/htmx.min.js'));
}

/** Every file of public/ but the stylesheets, by its path there. */
function* publicFiles(dir = ''): Generator<string> {
  const at = path.join(publicDir, dir);
  if (!existsSync(at)) return;
  for (const name of readdirSync(at)) {
    const inner = path.posix.join(dir, name);
    if (statSync(path.join(publicDir, inner)).isDirectory()) {
      if (inner !== 'css') yield* publicFiles(inner);
    } else if (path.extname(name) in TYPES) yield inner;
  }
}

async function prepare(name: string, body: Buffer): Promise<Asset> {
  const extension = path.extname(name);
  const type = TYPES[extension]!;
  if (!COMPRESSED.has(extension)) return { type, body, brotli: null, gzip: null };
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  return {
    type,
    body,
    brotli: await promisify(brotliCompress)(body, quality),
    gzip: await promisify(gzip)(body, { level: 9 }),
  };
}

async function load(): Promise<Assets> {
  const sources: [string, Buffer][] = [
    ...SHEETS.map((name): [string, Buffer] => [name, stylesheet(name)]),
    ['htmx.js', htmx()],
  ];
  for (const file of publicFiles()) sources.push([file, readFileSync(path.join(publicDir, file))]);
  const urls = new Map<string, string>();
  const byPath = new Map<string, Asset>();
  await Promise.all(
    sources.map(async ([name, body]) => {
      const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
      const { dir, name: stem, ext } = path.posix.parse(name);
      const hashed = path.posix.join('/', dir, `${stem}.${hash}${ext}`);
      urls.set(name, `/assets${hashed}`);
      byPath.set(hashed, await prepare(name, body));
    }),
  );
  return {
    url(name) {
      const found = urls.get(name);
      if (!found) throw new Error(`no asset ${name}`);
      return found;
    },
    serve(req, res, next) {
      const asset = byPath.get(req.path);
      if (!asset || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
      res.set('Cache-Control', 'public, max-age=31536000, immutable').set('Content-Type', asset.type);
      if (!asset.brotli || !asset.gzip) return void res.send(asset.body);
      res.vary('Accept-Encoding');
      const encoding = req.acceptsEncodings('br', 'gzip', 'identity');
      if (encoding === 'br') return void res.set('Content-Encoding', 'br').send(asset.brotli);
      if (encoding === 'gzip') return void res.set('Content-Encoding', 'gzip').send(asset.gzip);
      return void res.send(asset.body);
    },
  };
}

let loaded: Promise<Assets> | undefined;
/** The files do not change while a process lives, so they are prepared once. */
export const loadAssets = (): Promise<Assets> => (loaded ??= load());
