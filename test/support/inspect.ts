import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { htmlProblems } from './html-rules.js';
import type { ShownPage } from './shown-pages.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What was found on one page; every list is empty on a good one. */
export interface Findings {
  /** Accessibility, by axe: "rule: where". */
  light: string[];
  dark: string[];
  html: string[];
  /** Errors on the console, breaches of the content security policy among them. */
  console: string[];
  /** Requests that left for another host. */
  foreign: string[];
  /** Elements wider than a screen of 320 pixels, or than the box they stand in. */
  wide: string[];
}

interface AxeResult {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

async function axe(page: Page): Promise<string[]> {
  const run = `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })`;
  const { violations } = await page.evaluate<AxeResult>(run);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${target.join(' ')} (${failureSummary.split('\n')[1]?.trim()})`,
    ),
  );
}

/** Says which elements make the page scroll sideways, and which boxes their content leaves; runs in the page. */
const WIDE = `(() => {
  const root = document.documentElement;
  const boxes = [...document.querySelectorAll('.table--cards tbody tr, .panel, .notice, .choice')];
  const left = boxes.filter(each => each.scrollWidth > each.clientWidth + 1);
  if (left.length > 0) return left.slice(0, 3).map(each => 'left: ' + each.tagName.toLowerCase() + '.' + each.className + ' ' + each.innerText.slice(0, 60));
  if (root.scrollWidth <= root.clientWidth) return [];
  const over = [...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > root.clientWidth + 1);
  return ['page is ' + root.scrollWidth, ...over.slice(0, 5).map(each => each.tagName.toLowerCase() + '.' + each.className)];
})()`;

/** Looks at one page of the store as a browser with scripts does. */
export async function inspect(browser: Browser, shown: ShownPage, origin: string): Promise<Findings> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  try {
    await context.addCookies(
      shown.cookies.map(([name, value]) => ({ name, value, url: new URL(shown.url).origin })),
    );
    const page = await context.newPage();
    const errors: string[] = [];
    const foreign: string[] = [];
    const documents: Promise<string>[] = [];
    page.on('console', message => {
      // The browser notes the status of the page itself; that is what the page is there to say.
      const status =
        message.text().startsWith('Failed to load resource') && message.location().url === page.url();
      if ((message.type() === 'error' || message.type() === 'warning') && !status)
        errors.push(message.text());
    });
    page.on('pageerror', error => errors.push(String(error)));
    page.on('request', request => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });
    page.on('response', response => {
      const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
      if (isPage && (response.status() < 300 || response.status() >= 400)) documents.push(response.text());
    });

    await page.goto(shown.url, { waitUntil: 'load' });
    await shown.act?.(page);
    const html = (await documents.at(-1)) ?? '';
    await page.evaluate(axeSource);
    const light = await axe(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await axe(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = await page.evaluate<string[]>(WIDE);
    return { light, dark, html: await htmlProblems(html), console: errors, foreign, wide };
  } finally {
    await context.close();
  }
}
