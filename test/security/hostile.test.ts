import http from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE, HOSTILE_PATHS } from '../support/hostile.js';
import { fillCart } from '../support/purchase.js';
import { fillPath, routesOf, type Route } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor } from '../support/visitor.js';

/** Every field and parameter the store knows, and some that it does not. */
const NAMES = [
  ...'q category brand in_stock price_min price_max sort page variant key quantity currency country theme'.split(
    ' ',
  ),
  ...'return_to email name phone form_country postal_code region city address1 address2 note number'.split(
    ' ',
  ),
  ...'payment_method terms expected_total expected_currency paymentKey orderId amount code message'.split(
    ' ',
  ),
  ...'session_id __proto__ constructor unknown'.split(' '),
];
const COOKIES = ['cart', 'currency', 'country', 'theme', 'language', 'flash', 'session', '__proto__'];
const COOKIE_ROUTES = new Set(['/', '/en/', '/en/cart', '/en/checkout', '/en/orders/:number', '/en/theme']);
/** Answer the same whatever is asked. */
const INERT = new Set([
  '/health',
  '/ready',
  '/robots.txt',
  '/sitemap.xml',
  '/en/help',
  '/en/contact',
  '/en/accessibility',
]);
const AT_ONCE = 6;

let shop: Shop;
let cart: string;
let routes: Route[];
beforeAll(async () => {
  shop = await startShop({ jobs: false });
  routes = routesOf(shop.app).filter(({ path }) => !INERT.has(path));
  const visitor = createVisitor(shop.origin);
  await fillCart(shop, visitor, 'en');
  cart = `cart=${visitor.cookies.get('cart')}`;
});
afterAll(async () => await shop.close());

/** Sends exactly these bytes: fetch() would tidy the path up. */
function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string | Buffer,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shop.origin);
    const request = http.request({ hostname, port, method, path, headers }, response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject).end(body);
  });
}

const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());
const fields = (text: string) => NAMES.map(name => `${encodeURIComponent(name)}=${encode(text)}`).join('&');

/** Runs `tries` a few at a time; returns those that ended in a failure of ours. */
async function failuresOf(tries: { what: string; run: () => Promise<number> }[]): Promise<string[]> {
  const failures: string[] = [];
  const left = [...tries];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const status = await next.run();
      // 503: the payment provider could not tell; said to providers and never to shoppers.
      if (status >= 500) failures.push(`${status} ${next.what}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failures;
}

/** Limits count tries by address; here all come from one. */
const forgetTries = async () => {
  for (const table of ['rate_limits', 'throttles']) await shop.db(table).delete();
};

/** One route with one text in all the places a visitor can put it: query and cookies, form, path. */
function triesAt(
  { method, path }: Route,
  text: string,
  index: number,
): { what: string; run: () => Promise<number> }[] {
  // All of it has to fit into the 16 kB that a server reads of a request's head.
  const query = `?${fields(text.slice(0, 60))}`;
  const cookies = COOKIES.map(name => `${name}=${encode(text.slice(0, 100))}`).join('; ');
  const headers = method === 'post' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const body = method === 'post' ? fields(text) : undefined;
  const at = fillPath(path, () => '1');
  const filled = fillPath(path, () => encode(text.slice(0, 1_000)));
  const one = (where: string, address: string, cookie: string) => ({
    what: `${method} ${path} with text ${index} in ${where}`,
    run: () => send(method, address, { ...headers, cookie }, body),
  });
  return [
    one('query and form', at + query, cart),
    ...(filled === path ? [] : [one('the path', filled, cart)]),
    // Cookies are read before it is known whose route this is.
    ...(COOKIE_ROUTES.has(path) ? [one('query, form and cookies', at + query, cookies)] : []),
  ];
}

test.each(HOSTILE.map((text, index) => ({ index, shown: JSON.stringify(text.slice(0, 40)), text })))(
  'no route fails on hostile text $index: $shown',
  async ({ text, index }) => {
    await forgetTries();
    expect(await failuresOf(routes.flatMap(route => triesAt(route, text, index)))).toEqual([]);
  },
);

test('no path that is badly encoded or leads elsewhere makes the store fail', async () => {
  const starts = ['', '/en', '/en/products', '/en/orders', '/images/1', '/assets', '/webhooks', '/xx'];
  const tries = starts.flatMap(start =>
    HOSTILE_PATHS.map(path => ({ what: start + path, run: () => send('GET', start + path, {}, undefined) })),
  );
  expect(await failuresOf(tries)).toEqual([]);
});

test('bodies that are not what they say are refused, not stumbled over', async () => {
  const posts = routes.filter(({ method }) => method === 'post').map(({ path }) => fillPath(path, () => '1'));
  const bodies: [string, string | Buffer][] = [
    ['application/json', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
    ['application/json', '{'],
    ['application/json', 'null'],
    ['application/json', '[]'],
    ['application/x-www-form-urlencoded', '__proto__[polluted]=1&constructor[prototype][polluted]=1&a[b]=c'],
    ['application/x-www-form-urlencoded', '__proto__.polluted=1&__proto__=1&__proto__=2'],
    ['application/x-www-form-urlencoded', '%&=&&%zz=%00&%ff=%fe'],
    ['application/x-www-form-urlencoded; charset=utf-7', 'a=+AGE-'],
    ['application/x-www-form-urlencoded', Array.from({ length: 150 }, () => 'quantity=1').join('&')],
    ['application/x-www-form-urlencoded', Array.from({ length: 500 }, (_, index) => `a${index}=1`).join('&')],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="email"\r\n\r\na\r\n--x--',
    ],
    ['multipart/form-data', 'no boundary'],
    ['text/plain', 'quantity=1'],
    ['', 'quantity=1'],
    ['application/x-www-form-urlencoded', Buffer.from([0xff, 0xfe, 0x00, 0x3d, 0x80])],
  ];
  const tries = bodies.flatMap(([type, body], index) =>
    posts.map(path => ({
      what: `${path} with body ${index}`,
      run: () => send('POST', path, { ...(type ? { 'content-type': type } : {}), cookie: cart }, body),
    })),
  );
  await forgetTries();
  expect(await failuresOf(tries)).toEqual([]);
});

test('a body that is compressed wrongly or cut short is refused', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-encoding': 'gzip' };
  expect(await send('POST', '/en/theme', headers, 'not gzip')).toBe(400);
  expect(await send('POST', '/en/theme', { ...headers, 'content-encoding': 'unheard-of' }, 'x')).toBe(415);
});

test('a body larger than a form can be is answered with a page that says so', async () => {
  const visitor = createVisitor(shop.origin);
  const answered = await visitor.post('/ko/orders/find', { email: 'a'.repeat(150_000) });
  expect(answered.status).toBe(413);
  expect(answered.text).toContain('<html lang="ko"');
  expect(answered.headers.get('content-type')).toContain('text/html');
});

test('the longest address a server takes gets its page, with short headers', async () => {
  const q = 'a'.repeat(8_000);
  const response = await fetch(`${shop.origin}/en/products?q=${q}`);
  await response.arrayBuffer();
  expect(response.status).toBe(200);
  const size = [...response.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  expect(size).toBeLessThanOrEqual(4_096);
});

test('after all of this the server answers, every table is there and no object is polluted', async () => {
  expect(await send('GET', '/en/', {}, undefined)).toBe(200);
  expect(await shop.db('orders').count<{ count: number }[]>('* as count')).toEqual([{ count: 0 }]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
