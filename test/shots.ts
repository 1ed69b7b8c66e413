import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { LOCALES, type Locale } from '../src/lib/locale.js';
import { rootDir } from '../src/platform/places.js';
import { launchBrowser } from './support/browser.js';
import { breakOrders, preparePages, type ShownPage } from './support/shown-pages.js';
import { withDemo } from './support/standalone.js';

/**
 * `npm run shots`: a picture of every page in every language, on a phone and a desktop, light and dark, and an index of
 * them to leaf through. For looking at; nothing is compared.
 */
const OUT = path.join(rootDir, '.shots');
const AT_ONCE = 4;

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
} satisfies Record<string, BrowserContextOptions>;
type Device = keyof typeof DEVICES;
const SCHEMES = ['light', 'dark'] as const;

interface Shot {
  page: ShownPage;
  locale: Locale;
  device: Device;
}
const fileOf = ({ page, locale, device }: Shot, scheme: string) =>
  `${page.name}-${locale}-${device}-${scheme}.png`;

async function take(browser: Browser, shot: Shot): Promise<void> {
  const { page: shown, device } = shot;
  const context = await browser.newContext({ ...DEVICES[device], reducedMotion: 'reduce' });
  try {
    await context.addCookies(
      shown.cookies.map(([name, value]) => ({ name, value, url: new URL(shown.url).origin })),
    );
    const page = await context.newPage();
    await page.goto(shown.url, { waitUntil: 'load' });
    await shown.act?.(page);
    // Lazy pictures load when they come near: the whole page is near once it is the window.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ width: DEVICES[device].viewport.width, height: Math.min(height, 12_000) });
    await page.evaluate(
      'Promise.all([...document.images].map(image => image.decode().catch(() => undefined)))',
    );
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(OUT, fileOf(shot, colorScheme)) });
    }
  } finally {
    await context.close();
  }
}

/** Takes all of them, a few at a time; returns those that could not be taken, with the reason. */
async function takeAll(browser: Browser, shots: readonly Shot[]): Promise<string[]> {
  const failed: string[] = [];
  const left = [...shots];
  const work = async () => {
    for (let shot = left.shift(); shot; shot = left.shift()) {
      const name = `${shot.page.name}-${shot.locale}-${shot.device}`;
      await take(browser, shot).catch((error: unknown) =>
        failed.push(`${name}: ${String(error).split('\n')[0]}`),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failed;
}

const shotsOf = (page: ShownPage, locale: Locale): Shot[] =>
  (Object.keys(DEVICES) as Device[]).map(device => ({ page, locale, device }));

function writeIndex(shots: readonly Shot[]): void {
  const names = [...new Set(shots.map(({ page }) => page.name))];
  const sections = names.map(name => {
    const figures = shots
      .filter(({ page }) => page.name === name)
      .flatMap(shot => SCHEMES.map(scheme => ({ shot, scheme })))
      .map(({ shot, scheme }) => {
        const file = encodeURI(fileOf(shot, scheme));
        const caption = `${shot.locale} ${shot.device} ${scheme}`;
        return `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${caption}</figcaption></figure>`;
      });
    return `<section><h2 id="${name}">${name}</h2><div>${figures.join('')}</div></section>`;
  });
  const links = names.map(name => `<a href="#${name}">${name}</a>`).join(' · ');
  const style =
    'body{font:14px system-ui;margin:1rem;background:#888}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}' +
    'figure{margin:0;flex:none}img{height:24rem;width:auto;max-width:40rem;object-fit:cover;object-position:top}a{color:inherit}';
  writeFileSync(
    path.join(OUT, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Trainium in pictures</title><style>${style}</style><nav>${links}</nav>${sections.join('')}`,
  );
}

/** `npm run shots -- cart` takes only the pages whose name holds one of the words. */
const wanted = process.argv.slice(2);

await withDemo(async shop => {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const browser = await launchBrowser();
  try {
    const shots: Shot[] = [];
    for (const locale of LOCALES) {
      const pages = await preparePages(shop, locale);
      const chosen = pages.filter(
        ({ name }) => wanted.length === 0 || wanted.some(word => name.includes(word)),
      );
      shots.push(...chosen.flatMap(page => shotsOf(page, locale)));
    }
    const whole = shots.filter(({ page }) => page.name !== '500');
    const failed = await takeAll(browser, whole);
    await breakOrders(shop);
    failed.push(
      ...(await takeAll(
        browser,
        shots.filter(shot => !whole.includes(shot)),
      )),
    );
    writeIndex(shots);
    console.log(
      `${(shots.length - failed.length) * SCHEMES.length} pictures: ${path.relative(process.cwd(), OUT)}/index.html`,
    );
    for (const failure of failed) console.error(failure);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    await browser.close();
  }
});
