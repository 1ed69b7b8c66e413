import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { atHome } from '../support/customer.js';
import { startShop, type Shop } from '../support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ seeded: false, jobs: false });
});
afterAll(async () => await shop.close());

const menuOf = (html: string) =>
  html.slice(html.indexOf('<nav class="account-menu"'), html.indexOf('</nav>', html.indexOf('account-menu')));
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!);

test.each(LOCALES)(
  'every link of the account’s menu in %s leads to a page that has the menu and is marked in it',
  async locale => {
    const { visitor } = await atHome(shop, { locale });
    const menu = hrefs(menuOf((await visitor.get(`/${locale}/account`)).text));
    expect(menu.length).toBeGreaterThan(5);
    for (const href of menu) {
      const { status, text } = await visitor.get(href);
      expect([href, status]).toEqual([href, 200]);
      expect(hrefs(menuOf(text))).toEqual(menu);
      expect(menuOf(text)).toContain(`href="${href}" aria-current="page"`);
    }
  },
);

test('pages below one of the menu’s are marked there as well', async () => {
  const { visitor } = await atHome(shop);
  for (const path of ['password', 'email', 'identities', 'second-factor']) {
    const { status, text } = await visitor.get(`/en/account/${path}`);
    expect([path, status]).toEqual([path, 200]);
    expect(menuOf(text)).toContain('href="/en/account/security" aria-current="true"');
  }
});
