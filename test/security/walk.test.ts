import { afterAll, beforeAll, expect, test } from 'vitest';
import { may, PERMISSIONS, type Permission } from '../../src/admin/rules.js';
import { atHome } from '../support/customer.js';
import { placeOrder } from '../support/purchase.js';
import { fillPath, routesOf, type Route } from '../support/routes.js';
import { startShop, type Shop } from '../support/shop.js';
import { atTheDesk } from '../support/staff.js';
import { createVisitor, type Answered, type Visitor } from '../support/visitor.js';

/** In every page that is the owner's, and in nobody else's. */
const NAME = 'Owner Unmistakable';

type Role = 'guest' | 'owner' | 'other' | 'staff' | 'admin';
let shop: Shop;
let routes: Route[];
let visitors: Record<Role, Visitor>;
/** What stands for a parameter: something real of the owner's, by the route's path where the name alone says too little. */
let objects: { path: RegExp; name: string; value: string }[];

beforeAll(async () => {
  shop = await startShop({ jobs: false });
  routes = routesOf(shop.app);
  const owner = await atHome(shop, { name: NAME });
  const other = await atHome(shop, { name: 'Somebody Else' });
  const bystander = await atHome(shop);
  visitors = {
    guest: createVisitor(shop.origin),
    owner: owner.visitor,
    other: other.visitor,
    staff: (await atTheDesk(shop, { role: 'staff' })).visitor,
    admin: (await atTheDesk(shop)).visitor,
  };
  const { number } = await placeOrder(shop, {
    locale: 'en',
    country: 'US',
    provider: 'stripe',
    visitor: owner.visitor,
  });
  await shop.db('orders').where({ number }).update({ name: NAME });
  const mine = { user_id: owner.userId };
  const now = shop.now();
  const insert = async (table: string, row: object): Promise<string> => {
    const [made] = await shop.db(table).insert(row).returning<{ id: number }[]>('id');
    return String(made!.id);
  };
  const address = await insert('addresses', {
    ...mine,
    name: NAME,
    phone: '+12125550142',
    country: 'US',
    region: 'NY',
    city: 'New York',
    postal_code: '10001',
    address1: '1 Example Street',
    created_at: now,
    updated_at: now,
  });
  const identity = await insert('identities', {
    ...mine,
    provider: 'google',
    subject: 'walk',
    email: NAME,
    created_at: now,
    used_at: now,
  });
  const signIn = String((await shop.db('sign_ins').where(mine).first<{ id: number }>('id')).id);
  const { reference } = await shop
    .db('payments')
    .where({ order_id: shop.db('orders').where({ number }).select('id') })
    .first<{ reference: string }>('reference');
  const { slug } = await shop
    .db('product_translations')
    .where({ locale: 'en' })
    .first<{ slug: string }>('slug');
  const TOKEN = 'x'.repeat(32);
  const object = (path: RegExp, name: string, value: string) => ({ path, name, value });
  objects = [
    object(/^\/admin\/customers\//, 'id', String(bystander.userId)),
    object(/\/addresses\//, 'id', address),
    object(/\/identities\//, 'id', identity),
    object(/\/sign-ins\//, 'id', signIn),
    object(/\/cart\//, 'id', '1'),
    object(/\/account\/stock-requests\//, 'id', '1'),
    object(/./, 'number', number),
    object(/./, 'reference', reference),
    object(/./, 'provider', 'stripe'),
    object(/./, 'token', TOKEN),
    object(/./, 'slug', slug),
    object(/./, 'trackingNumber', '999988887777'),
    ...['returnNumber', 'photo', 'return', 'discount', 'notice', 'parcel', 'letter'].map(name =>
      object(/./, name, '1'),
    ),
    ...['payment', 'refund', 'finding', 'variantId'].map(name => object(/./, name, '1')),
  ];
});
afterAll(() => shop.close());

const named = ({ method, path }: Route) => `${method} ${path}`;
const valueOf = (path: string, name: string) =>
  objects.find(each => each.name === name && each.path.test(path))?.value;
const call = async ({ method, path }: Route, role: Role): Promise<Answered> => {
  const filled = fillPath(path, name => valueOf(path, name) ?? '');
  return method === 'get' ? await visitors[role].get(filled) : await visitors[role].post(filled, {});
};
const toSignIn = ({ status, location }: Answered) =>
  status === 303 && /^\/en\/sign-in(\?|$)/.test(location ?? '');
const isPermission = (wants: string | undefined): wants is Permission =>
  PERMISSIONS.some(permission => permission === wants);

test('every parameter of every route has something that stands for it', () => {
  const missing = routes.flatMap(route =>
    [...route.path.matchAll(/:(\w+)/g)]
      .map(([, name]) => name!)
      .filter(name => name !== 'file' && !(route.path.startsWith('/images/') && name === 'id'))
      .filter(name => valueOf(route.path, name) === undefined)
      .map(name => `${named(route)} (${name}): add an object of the owner's to this test`),
  );
  expect(missing).toEqual([]);
});

/** What is wrong with an answer, or null. */
function complaint(route: Route, role: Role, answer: Answered): string | null {
  const { wants, path } = route;
  const { status, text } = answer;
  const said = (what: string) => `${named(route)} as ${role}: ${status} ${answer.location ?? ''}, ${what}`;
  if (status >= 500) return said('must never happen');
  const mayKnow = role === 'owner' || role === 'staff' || role === 'admin';
  if (!mayKnow && text.includes(NAME)) return said('tells who the owner is');
  const ofTheirs = path.includes(':') && (wants === 'holder' || wants === 'user' || wants === 'confirmed');
  if (wants === 'user' || wants === 'confirmed') {
    if (role === 'guest') return toSignIn(answer) ? null : said('must sign in');
    if (toSignIn(answer)) return said('is signed in');
    return ofTheirs && role !== 'owner' && status !== 404 && !LEADS_BACK.has(named(route))
      ? said('is not theirs')
      : null;
  }
  if (wants === 'holder')
    return ofTheirs && role !== 'owner' && status !== 404 ? said('is not theirs') : null;
  if (isPermission(wants)) {
    if (role === 'guest' || role === 'owner' || role === 'other')
      return toSignIn(answer) ? null : said('is not at the desk');
    if (toSignIn(answer)) return said('is at the desk');
    return (status === 403) === may(role, wants) ? said(`permission ${wants}`) : null;
  }
  const turnedAway = toSignIn(answer) && !MIDWAY.has(named(route));
  return status === 401 || status === 403 || turnedAway ? said('is for everyone') : null;
}

/** Pages in the middle of signing in: whoever has not begun is sent to begin. */
const MIDWAY = new Set([
  'get /auth/google/callback',
  'get /auth/kakao/callback',
  'get /en/sign-in/code',
  'post /en/sign-in/code',
  'get /en/register/complete',
  'post /en/register/complete',
]);

/** What is gone is gone, whoever asks; the last test looks whether it is still there. */
const LEADS_BACK = new Set(['post /en/account/addresses/:id/removal']);

/** A browser's return says nothing by itself and leads on; signing out ends the visitor who walks. */
const NOT_WALKED = new Set([
  'get /en/checkout/return/:provider/:reference',
  'get /en/checkout/return/:provider/:reference/canceled',
  'get /en/link-identity',
  'post /en/sign-out',
]);

test.each(['guest', 'other', 'staff', 'admin', 'owner'] as const)(
  'row 29: every route answers %s as it declares, and tells nobody whose things they are',
  async role => {
    const wrong: string[] = [];
    for (const route of routes) {
      if (route.wants === undefined || NOT_WALKED.has(named(route))) continue;
      // What the owner sends would change what the others are tried at; each page's own test does that.
      if (role === 'owner' && route.method === 'post') continue;
      for (const table of ['throttles', 'rate_limits']) await shop.db(table).delete();
      const said = complaint(route, role, await call(route, role));
      if (said) wrong.push(said);
    }
    expect(wrong).toEqual([]);
  },
);

test('the walk is over something: the owner sees what the others do not, and has it still', async () => {
  for (const path of ['/en/account/addresses', `/en/orders/${valueOf('/', 'number')}`, '/en/account'])
    expect((await visitors.owner.get(path)).text).toContain(NAME);
  for (const [table, path] of [
    ['addresses', '/addresses/'],
    ['identities', '/identities/'],
    ['sign_ins', '/sign-ins/'],
  ] as const)
    expect(await shop.db(table).where({ id: valueOf(path, 'id') })).toHaveLength(1);
});
