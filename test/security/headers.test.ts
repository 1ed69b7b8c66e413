import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.js';
import { createGateways } from '../../src/payments/index.js';
import { readConfig } from '../../src/platform/config.js';
import { listen } from '../../src/server.js';
import { fillCart } from '../support/purchase.js';
import { startShop, type Shop } from '../support/shop.js';
import { createVisitor, type Answered } from '../support/visitor.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ jobs: false });
});
afterAll(async () => await shop.close());

/** One answer of each kind, by what it is. */
async function answers(): Promise<Record<string, Answered>> {
  const visitor = createVisitor(shop.origin);
  const page = await visitor.get('/en/');
  const asset = /href="(\/assets\/[^"]+\.css)"/.exec(page.text)?.[1] ?? 'no stylesheet';
  const image = /"(\/images\/[^"\s]+)/.exec(page.text)?.[1] ?? 'no picture';
  await shop.db.raw('alter table orders rename to orders_away');
  const broken = await visitor.get('/en/orders/K7MT-Q4RD?key=abcdefghijklmnopqrstuvwx');
  await shop.db.raw('alter table orders_away rename to orders');
  return {
    page,
    'redirect to a language': await visitor.get('/'),
    'page not found': await visitor.get('/en/no-such-page'),
    'page of a failure': broken,
    'form with mistakes': await visitor.post('/en/orders/find', {}),
    'redirect after a change': await visitor.post('/en/theme', { theme: 'dark', return_to: '/en/' }),
    'refused form': await visitor.post('/en/theme', {}, { 'sec-fetch-site': 'cross-site' }),
    asset: await visitor.get(asset),
    picture: await visitor.get(image),
    webhook: await visitor.post('/webhooks/stripe', {}),
    sitemap: await visitor.get('/sitemap.xml'),
  };
}

const STATUS: Record<string, number> = {
  page: 200,
  'redirect to a language': 302,
  'page not found': 404,
  'page of a failure': 500,
  'form with mistakes': 422,
  'redirect after a change': 303,
  'refused form': 403,
  asset: 200,
  picture: 200,
  webhook: 400,
  sitemap: 200,
};

/** The policy as directive → sources. */
const policyOf = ({ headers }: Answered): Record<string, string[]> =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '').split(';').map(directive => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );

describe('every kind of answer', () => {
  let all: [string, Answered][];
  beforeAll(async () => {
    all = Object.entries(await answers());
  });

  /** What `fact` is of each kind, so that a failure names the kind. */
  const each = <T>(fact: (answered: Answered) => T) =>
    Object.fromEntries(all.map(([kind, answered]) => [kind, fact(answered)]));
  const allOf = <T>(value: T) => Object.fromEntries(all.map(([kind]) => [kind, value]));

  test('is what this test takes it for', () => {
    expect(each(({ status }) => status)).toEqual(STATUS);
  });

  test('lets run no script and load nothing but the store’s own', () => {
    const sources = each(answered => {
      const {
        'default-src': fallback,
        'script-src': script,
        'style-src': style,
        'object-src': object,
      } = policyOf(answered);
      return [fallback, script, style, object].map(list => list?.join(' '));
    });
    expect(sources).toEqual(allOf(["'self'", "'self'", "'self'", "'none'"]));
  });

  test('can be framed nowhere and has no other base', () => {
    const frames = each(answered => [
      policyOf(answered)['frame-ancestors']?.join(' '),
      policyOf(answered)['base-uri']?.join(' '),
      answered.headers.get('x-frame-options') !== null,
    ]);
    expect(frames).toEqual(allOf(["'none'", "'none'", true]));
  });

  test('sends forms to the store and its payment pages only', () => {
    const wanted = ["'self'", shop.stripe.origin, shop.toss.origin].toSorted();
    expect(each(answered => policyOf(answered)['form-action']?.toSorted())).toEqual(allOf(wanted));
  });

  test('is taken for what it says it is, and tells other sites nothing', () => {
    const found = each(({ headers }) => [
      headers.get('x-content-type-options'),
      headers.get('referrer-policy'),
    ]);
    expect(found).toEqual(allOf(['nosniff', 'same-origin']));
  });

  test('does not say what it is made with', () => {
    expect(each(({ headers }) => [headers.get('x-powered-by'), headers.get('server')])).toEqual(
      allOf([null, null]),
    );
  });

  test('has no more than 4 kB of headers', () => {
    const long = each(
      ({ headers }) =>
        [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0) > 4_096,
    );
    expect(long).toEqual(allOf(false));
  });
});

test('a page of a failure says nothing of the failure but its number', async () => {
  await shop.db.raw('alter table orders rename to orders_away');
  const { text, headers } = await createVisitor(shop.origin).get(
    '/en/orders/K7MT-Q4RD?key=abcdefghijklmnopqrstuvwx',
  );
  await shop.db.raw('alter table orders_away rename to orders');
  expect(text).not.toMatch(/relation "|select .+ from|orders_away|node_modules|\.[tj]s:\d/i);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(
    shop.logs.some(line => line.includes('request failed') && line.includes(headers.get('x-request-id')!)),
  ).toBe(true);
});

test('browsing as a guest leaves no session behind, neither a row nor a cookie', async () => {
  const guest = createVisitor(shop.origin);
  for (const path of [
    '/',
    '/en/',
    '/en/products',
    '/en/cart',
    '/en/orders/find',
    '/en/about',
    '/en/no-such-page',
  ])
    await guest.get(path);
  await fillCart(shop, guest, 'en');
  await guest.get('/en/checkout');
  expect([...guest.cookies.keys()].toSorted()).toEqual(['cart', 'language']);
  expect(await shop.db('sessions').count<{ count: number }[]>('* as count')).toEqual([{ count: 0 }]);
});

describe('in production', () => {
  const secret = 'thirty-two characters and a few more';
  let close: () => Promise<unknown>;
  let origin: string;
  beforeAll(async () => {
    const config = readConfig({
      NODE_ENV: 'production',
      DATABASE_URL: shop.database.url,
      BASE_URL: 'https://shop.example',
      SESSION_SECRET: secret,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'shop@shop.example',
      STRIPE_SECRET_KEY: 'sk_live_never_used',
      STRIPE_WEBHOOK_SECRET: 'whsec_never_used',
    });
    const deps = { config, database: shop.database, gateways: createGateways(config), now: () => new Date() };
    const server = await listen(await createApp(deps), 0);
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    close = () => new Promise(resolve => server.close(resolve));
  });
  afterAll(async () => await close());

  const behindProxy = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };

  test('cookies are bound to this host and to https, out of reach of scripts', async () => {
    const { headers } = await createVisitor(origin).get('/en/', behindProxy);
    const cookies = headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-[a-z]+=/);
      for (const attribute of [/; Secure/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\/(;|$)/])
        expect(cookie).toMatch(attribute);
      expect(cookie).not.toMatch(/; Domain/);
    }
  });

  test('browsers are told to use https only', async () => {
    const { headers } = await createVisitor(origin).get('/en/', behindProxy);
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });

  test('absolute addresses come from the settings, whatever host a request names', async () => {
    for (const path of ['/en/', '/en/products', '/sitemap.xml', '/robots.txt', '/']) {
      const { text, headers } = await createVisitor(origin).get(path, behindProxy);
      expect(text + JSON.stringify([...headers])).not.toContain('evil.example');
    }
  });
});
