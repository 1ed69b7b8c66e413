import { setTimeout as pause } from 'node:timers/promises';
import { BUYERS } from '../support/purchase.js';
import type { Shown } from './browser.js';
import { variantsFor, type Action, type Buyer } from './buyer.js';
import { peek } from './buyer-peeks.js';
import type { Random } from './random.js';
import { decline, pay, payLater, payPage, turnBack, type PayPage } from './provider-pages.js';

const at = ({ locale }: Buyer, path: string): string => `/${locale}${path}`;

/** Notes what a page or a redirect tells the buyer: an order of theirs, a page to pay at. */
export function learn(buyer: Buyer, shown: Shown): void {
  const { pages, orders, world } = buyer;
  const page = payPage(shown.location, world.providers);
  if (page && !pages.some(({ url }) => url === page.url)) pages.push(page);
  const link = /\/(\w\w)\/orders\/([A-Z0-9]{4}-[A-Z0-9]{4})\?key=([\w-]+)/.exec(shown.text);
  if (link && !orders.some(({ number }) => number === link[2])) {
    orders.push({ number: link[2]!, link: link[0] });
    world.street.orders.push({ number: link[2]!, email: buyer.email });
  }
}

/** Follows a provider's redirect back to the shop, now and then several times at once: reload, double tap. */
export async function comeBack(buyer: Buyer, location: string | null): Promise<void> {
  if (location === null) return;
  buyer.returns.push(location);
  buyer.world.street.returns.push({ path: location, email: buyer.email });
  // One in eight closes the tab instead: only the webhook and the sweep are left to tell.
  if (buyer.random.chance(1 / 8)) return;
  const times = buyer.random.chance(0.2) ? 3 : 1;
  const shown = await Promise.all(Array.from({ length: times }, () => buyer.browser.open(location)));
  for (const one of shown) learn(buyer, one);
}

/** The hidden fields of the checkout form: what the buyer agrees to. */
function hidden(text: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';
}

/** Where only one is offered the others come back as a form to mend. */
const wayToPay = (random: Random): string =>
  random.weighted([
    { weight: 5, way: 'toss' },
    { weight: 4, way: 'stripe' },
    { weight: 3, way: 'toss_virtual_account' },
    { weight: 1, way: 'toss_transfer' },
  ]).way;

/** The checkout form as this buyer fills it in; null when the cart cannot be ordered. */
export async function fillForm(buyer: Buyer): Promise<Record<string, string> | null> {
  const { browser, country, email, random } = buyer;
  await browser.post(at(buyer, '/country'), { country, return_to: at(buyer, '/checkout') });
  const { status, text } = await browser.get(at(buyer, '/checkout'));
  if (status !== 200 || !text.includes('expected_total')) return null;
  return {
    ...BUYERS[country],
    email,
    country,
    note: random.chance(0.2) ? `ring ${random.whole(1, 9)}` : '',
    form_country: hidden(text, 'form_country'),
    expected_total: hidden(text, 'expected_total'),
    expected_currency: hidden(text, 'expected_currency'),
    payment_method: wayToPay(random),
    terms: 'yes',
  };
}

/** Presses Pay as often as impatience wants, all at once. */
async function press(buyer: Buyer, form: Record<string, string>): Promise<void> {
  const clicks = buyer.random.weighted([
    { weight: 7, times: 1 },
    { weight: 2, times: 2 },
    { weight: 1, times: 4 },
  ]).times;
  const answers = Array.from({ length: clicks }, () => buyer.browser.post(at(buyer, '/checkout'), form));
  for (const answer of await Promise.all(answers)) {
    learn(buyer, answer);
    if (answer.location?.includes('/orders/')) learn(buyer, await buyer.browser.open(answer.location));
  }
}

/** The numbers of the cart's lines, as its page shows them. */
async function cartLines({ browser, locale }: Buyer): Promise<string[]> {
  const { text } = await browser.get(`/${locale}/cart`);
  return [...text.matchAll(/id="line-(\d+)"/g)].map(([, id]) => id!);
}

const newest = (buyer: Buyer): PayPage => buyer.pages.at(-1)!;
/** Whoever has paid mostly leaves the page alone; some keep the tab. */
const takeNewest = (buyer: Buyer): PayPage => (buyer.random.chance(0.3) ? newest(buyer) : buyer.pages.pop()!);
const hasPage = (buyer: Buyer) => buyer.pages.length > 0;
const hasOrder = (buyer: Buyer) => buyer.orders.length > 0;

/** Opens the page of one of the buyer's orders and presses one of its buttons. */
async function onOrderPage(buyer: Buyer, button: 'payment' | 'cancellation' | null): Promise<void> {
  const order = buyer.random.pick(buyer.orders);
  const shown = await buyer.browser.open(order.link);
  learn(buyer, shown);
  const action = button && new RegExp(`action="([^"]*/${button}\\?key=[^"]*)"`).exec(shown.text)?.[1];
  if (!action) return;
  const times = buyer.random.chance(0.25) ? 2 : 1;
  const provider = wayToPay(buyer.random);
  const answers = await Promise.all(
    Array.from({ length: times }, () => buyer.browser.post(action, { payment_method: provider })),
  );
  for (const answer of answers) learn(buyer, answer);
}

/** All that a buyer may do next, and how often. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'add',
    weight: 9,
    async act(buyer) {
      const variant = String(buyer.random.pick(variantsFor(buyer)));
      const quantity = String(buyer.random.whole(1, 3));
      await buyer.browser.post(at(buyer, '/cart/lines'), { variant, quantity });
    },
  },
  {
    name: 'change a line',
    weight: 3,
    async act(buyer) {
      const lines = await cartLines(buyer);
      if (lines.length === 0) return;
      const path = at(buyer, `/cart/lines/${buyer.random.pick(lines)}`);
      if (buyer.random.chance(0.3)) await buyer.browser.post(`${path}/removal`, {});
      else await buyer.browser.post(path, { quantity: String(buyer.random.whole(0, 4)) });
    },
  },
  {
    name: 'clear the cart',
    weight: 0.3,
    act: async buyer => void (await buyer.browser.post(at(buyer, '/cart/clearing'), {})),
  },
  {
    name: 'place',
    weight: 9,
    async act(buyer) {
      buyer.form = (await fillForm(buyer)) ?? buyer.form;
      if (buyer.form) await press(buyer, buyer.form);
    },
  },
  {
    name: 'place again with the old form',
    weight: 2,
    can: ({ form }) => form !== null,
    act: buyer => press(buyer, buyer.form!),
  },
  {
    name: 'pay',
    weight: 14,
    can: hasPage,
    act: async buyer => comeBack(buyer, await pay(takeNewest(buyer))),
  },
  {
    name: 'pay on an old page',
    weight: 2,
    can: hasPage,
    act: async buyer => comeBack(buyer, await pay(buyer.random.pick(buyer.pages))),
  },
  {
    name: 'pay twice at once',
    weight: 1.5,
    can: hasPage,
    async act(buyer) {
      const page = newest(buyer);
      const back = await Promise.all([pay(page), pay(buyer.random.pick(buyer.pages))]);
      await Promise.all(back.map(location => comeBack(buyer, location)));
    },
  },
  {
    name: 'pay and cancel at once',
    weight: 3,
    can: buyer => hasPage(buyer) && hasOrder(buyer),
    act: async buyer =>
      void (await Promise.all([
        pay(takeNewest(buyer)).then(location => comeBack(buyer, location)),
        // Now and then while the money is already on its way.
        pause(buyer.random.whole(0, 400)).then(() => onOrderPage(buyer, 'cancellation')),
      ])),
  },
  {
    name: 'pay and order something else at once',
    weight: 4,
    can: hasPage,
    async act(buyer) {
      const page = takeNewest(buyer);
      const variant = String(buyer.random.pick(variantsFor(buyer)));
      await buyer.browser.post(at(buyer, '/cart/lines'), { variant, quantity: '1' });
      const form = await fillForm(buyer);
      await Promise.all([
        pay(page).then(location => comeBack(buyer, location)),
        form ? pause(buyer.random.whole(0, 400)).then(() => press(buyer, form)) : null,
      ]);
    },
  },
  {
    name: 'be declined',
    weight: 2,
    can: hasPage,
    act: async buyer => comeBack(buyer, await decline(newest(buyer))),
  },
  {
    name: 'pay later',
    weight: 1,
    can: hasPage,
    act: async buyer => comeBack(buyer, await payLater(newest(buyer))),
  },
  {
    name: 'turn back',
    weight: 2,
    can: hasPage,
    act: async buyer => comeBack(buyer, await turnBack(newest(buyer))),
  },
  {
    name: 'come back once more',
    weight: 1,
    can: ({ returns }) => returns.length > 0,
    act: async buyer => learn(buyer, await buyer.browser.open(buyer.random.pick(buyer.returns))),
  },
  { name: 'look at the order', weight: 3, can: hasOrder, act: buyer => onOrderPage(buyer, null) },
  { name: 'try again', weight: 3, can: hasOrder, act: buyer => onOrderPage(buyer, 'payment') },
  { name: 'cancel', weight: 1.5, can: hasOrder, act: buyer => onOrderPage(buyer, 'cancellation') },
  {
    name: 'find the order',
    weight: 1,
    can: hasOrder,
    async act(buyer) {
      const { number } = buyer.random.pick(buyer.orders);
      const answer = await buyer.browser.post(at(buyer, '/orders/find'), { email: buyer.email, number });
      if (answer.location) learn(buyer, await buyer.browser.open(answer.location));
    },
  },
  {
    name: 'pay on a page somebody left open',
    weight: 1,
    can: ({ world }) => world.street.tabs.length > 0,
    // The money is good whoever sends it; the return page must show the stranger nothing (see `peek`).
    act: async buyer => void (await pay(buyer.random.pick(buyer.world.street.tabs))),
  },
  { name: 'peek', weight: 2, can: ({ world }) => world.street.orders.length > 0, act: peek },
];
