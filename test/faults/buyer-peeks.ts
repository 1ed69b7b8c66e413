import type { Shown } from './browser.js';
import type { Buyer } from './buyer.js';

/** What must never be readable by others: where the goods go. Every buyer of a run lives at one of these. */
const PRIVATE = ['월드컵북로', 'Amir Temur', '1 Example Street'];

type Way = 'page' | 'cancellation' | 'payment' | 'find' | 'return';
const WAYS: readonly { weight: number; way: Way; answers: readonly number[] }[] = [
  { weight: 3, way: 'page', answers: [404] },
  { weight: 1, way: 'cancellation', answers: [404] },
  { weight: 1, way: 'payment', answers: [404] },
  { weight: 1, way: 'find', answers: [422, 429] },
  // A forwarded return address settles the payment and says how to find the order, no more.
  { weight: 2, way: 'return', answers: [200] },
];

/** Tries to see, pay, cancel or find somebody else's order; whatever shows or does more than it may goes into the book. */
export async function peek({ browser, locale, email, random, world }: Buyer): Promise<void> {
  const { street, book } = world;
  const others = street.orders.filter(order => order.email !== email);
  if (others.length === 0) return;
  const { number, email: theirs } = random.pick(others);
  const returns = street.returns.filter(returned => returned.email === theirs);
  const { way, answers } = random.weighted(WAYS.filter(each => each.way !== 'return' || returns.length > 0));
  const key = random.pick(['', '?key=', `?key=${'A'.repeat(24)}`, `?key[]=${'A'.repeat(24)}`, '?key=%25']);
  const page = `/${locale}/orders/${number}`;

  const look = async (): Promise<Shown> => {
    switch (way) {
      case 'page':
        return await browser.get(page + key);
      case 'cancellation':
      case 'payment':
        return await browser.post(`${page}/${way}${key}`, { payment_method: 'stripe' });
      case 'find':
        return await browser.post(`/${locale}/orders/find`, { email, number });
      case 'return':
        return await browser.open(random.pick(returns).path);
    }
  };
  const shown = await look();
  // A number that the peeper typed comes back in links; one behind a return address must not.
  const numbers = street.orders.filter(order => order.email === theirs).map(order => order.number);
  const secrets = [theirs, ...PRIVATE, ...(way === 'return' ? numbers : [])];
  const seen = secrets.find(text => shown.text.includes(text));
  if (seen !== undefined) book.violated(CHECK, `${email} read "${seen}" of order ${number} by ${way}`);
  // No answer (0) and 5xx are the business of other checks.
  if (shown.status !== 0 && shown.status < 500 && !answers.includes(shown.status))
    book.violated(CHECK, `${email} was answered ${shown.status} for order ${number} by ${way}`);
}

const CHECK = 'orders of others stay closed';
