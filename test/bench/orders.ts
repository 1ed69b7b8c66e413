import { correctStock } from '../../src/inventory/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { createRandom } from '../faults/random.js';
import { withDemo } from '../support/standalone.js';
import { httpPlaces, type Purchase } from './orders-http.js';
import { bareOrders } from './orders-bare.js';
import type { Shop } from '../support/shop.js';

/**
 * `npm run bench:orders [-- --orders N --seed N]`: how many orders a second the store takes, beside what the database alone
 * would take: the same rows written by the same driver over as many connections, in one transaction to place an order and
 * one to see it paid. The ratio is what to compare between runs; the figures themselves follow the machine, on which the
 * store, the provider's simulator, the buyers and Postgres share the processors here.
 */
const AT_ONCE = 8;
const ROUNDS = 3;

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} wants a whole number`);
  return value;
}

/** Works through `list`, a few at a time; returns how long it took, in milliseconds. */
async function timed<Item>(list: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<number> {
  const left = [...list];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
  return performance.now() - started;
}

/** Milliseconds spent in each half. */
interface Spent {
  place: number;
  pay: number;
}

async function compare(shop: Shop, name: string, variants: readonly number[]): Promise<void> {
  const http: Spent = { place: 0, pay: 0 };
  const bare: Spent = { place: 0, pay: 0 };
  const buy = await httpPlaces(shop);
  const sql = await bareOrders(shop.db, await buy.sample(variants[0]!));
  const perRound = Math.ceil(variants.length / ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = variants.slice(round * perRound, (round + 1) * perRound);
    // Carts are filled beforehand, on both sides. Taking turns spreads what else the machine does over both.
    const purchases = await Promise.all(wanted.map(variantId => buy.prepare(variantId)));
    const placed: Purchase[] = [];
    http.place += await timed(purchases, async purchase => placed.push(await buy.place(purchase)));
    http.pay += await timed(placed, purchase => buy.pay(purchase));
    await buy.check(placed);

    const copies = await Promise.all(wanted.map(variantId => sql.prepare(variantId)));
    bare.place += await timed(copies, copy => sql.place(copy));
    bare.pay += await timed(copies, copy => sql.pay(copy));
  }
  print(name, variants.length, http, bare);
}

function print(name: string, orders: number, http: Spent, bare: Spent): void {
  const row = (what: string, throughHttp: number, inSql: number) => {
    const rate = (ms: number) => (orders / ms) * 1_000;
    const figures = [rate(throughHttp), rate(inSql)].map(each => each.toFixed(1).padStart(10)).join('');
    console.log(
      `${name.padEnd(16)} ${what.padEnd(22)} ${figures} ${(rate(throughHttp) / rate(inSql)).toFixed(3).padStart(8)}`,
    );
  };
  row('to the redirect', http.place, bare.place);
  row('placed until paid', http.place + http.pay, bare.place + bare.pay);
}

const ORDERS = option('orders', 60);
const random = createRandom(option('seed', 20_261_126));

await withDemo(
  async shop => {
    const variants = await shop
      .db('variants')
      .join('prices', 'prices.variant_id', 'variants.id')
      .where({ currency: 'USD', active: true })
      // What any courier takes anywhere: heavier goods stay in their country.
      .where('variants.weight_grams', '<=', 20_000)
      .orderBy('variants.id')
      .pluck<number[]>('variants.id');
    const because = { actor: 'bench', cause: 'plenty', now: shop.now() };
    for (const variantId of variants)
      await inTransaction(shop.db, tx => correctStock(tx, { ...because, variantId, onHand: 100_000 }));
    console.log(`${ORDERS} orders each, ${AT_ONCE} at a time; orders per second\n`);
    console.log(`${''.padEnd(40)}      HTTP       SQL    ratio`);
    const [hot] = variants;
    await compare(
      shop,
      'one variant',
      Array.from({ length: ORDERS }, () => hot!),
    );
    await compare(
      shop,
      'many variants',
      Array.from({ length: ORDERS }, () => random.pick(variants)),
    );
  },
  // Letters and notices wait: on neither side are they part of taking an order.
  { jobs: false, environment: { TRUST_PROXY: '1' } },
);
