import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { buy } from '../orders/make.js';
import { launchBrowser } from '../support/browser.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  shop = await startShop();
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await shop.close();
});

it.each(LOCALES)('the receipt of an order of eight products in %s is one sheet of A4', async locale => {
  const order = await buy(shop, { locale, pieces: [1, 2, 1, 1, 3, 1, 1, 1] });
  const page = await browser.newPage();
  try {
    await page.goto(shop.origin + order.link.replace('?', '/receipt?'));
    const pdf = (
      await page.pdf({ format: 'A4', margin: { top: '1cm', bottom: '1cm', left: '1.5cm', right: '1.5cm' } })
    ).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header.header, footer.footer').filter({ visible: true }).count()).toBe(0);
    await page.screenshot({ path: `/tmp/ship-print-${locale}.png`, fullPage: true });
  } finally {
    await page.close();
  }
});
