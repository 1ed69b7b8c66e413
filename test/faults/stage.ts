import { hashPassword, saveStaff } from '../../src/accounts/index.js';
import { ensureDiscount, type DiscountDraft } from '../../src/discounts/index.js';
import { correctStock } from '../../src/inventory/index.js';
import { CURRENCIES } from '../../src/lib/money.js';
import { inTransaction, rows, type Db } from '../../src/platform/db.js';
import type { Book } from './book.js';
import { CODES, ONCE } from './buyer-prices.js';
import type { World } from './world.js';

const SCARCE = 5;
const PLENTY = 7;
/** One piece of each, for crowds that all want the last one. */
const LAST = 30;

const shelfOf = (index: number): number => (index < SCARCE ? 1 + index : index < SCARCE + PLENTY ? 5_000 : 1);

/** Few pieces of some variants and plenty of others, so that buyers both meet and miss one another. */
async function stockShelves(db: Db, book: Book): Promise<Pick<World, 'scarce' | 'variants' | 'last'>> {
  const priced = await rows<{ id: number; currencies: string[] }>(
    db,
    `select v.id, array_agg(p.currency) as currencies from variants v join prices p on p.variant_id = v.id
       join products on products.id = v.product_id and products.state = 'active'
      where v.active group by v.id having count(*) = 3 order by v.id limit ${SCARCE + PLENTY + LAST}`,
  );
  const ids = priced.map(({ id }) => id);
  for (const [index, variantId] of ids.entries()) {
    const onHand = shelfOf(index);
    await inTransaction(db, tx =>
      correctStock(tx, { variantId, onHand, actor: 'runner', cause: 'first count', now: new Date() }),
    );
  }
  for (const { variant_id, on_hand } of await rows<{ variant_id: number; on_hand: number }>(
    db,
    `select variant_id, on_hand from stock`,
  ))
    book.received.set(variant_id, on_hand);
  const usual = ids.slice(0, SCARCE + PLENTY);
  return {
    scarce: ids.slice(0, SCARCE),
    variants: Object.fromEntries(CURRENCIES.map(code => [code, usual])),
    last: ids.slice(SCARCE + PLENTY),
  };
}

const PLAIN: DiscountDraft = {
  code: null,
  name: { en: 'Of this run' },
  kind: 'percent',
  rateBp: 1_000,
  amounts: {},
  buy: 0,
  get: 0,
  minimums: {},
  productIds: [],
  categoryIds: [],
  startsAt: null,
  endsAt: null,
  firstOrderOnly: false,
  limitPerCustomer: null,
  limitTotal: null,
  exclusive: false,
  position: 50,
};
const DRAFTS: readonly DiscountDraft[] = [
  { ...PLAIN, code: CODES.scarce, limitTotal: 3 },
  { ...PLAIN, code: CODES.mine, rateBp: 500, limitPerCustomer: 1 },
  { ...PLAIN, code: CODES.gift, rateBp: 10_000, limitTotal: 4 },
  { ...PLAIN, code: CODES.giftDelivery, kind: 'free_delivery', rateBp: 0, limitTotal: 4 },
  ...ONCE.map(code => ({ ...PLAIN, code, limitTotal: 1 })),
];

const ACCOUNT = { email: 'desk@example.com', password: 'a password of this run' };

/** What a run needs besides the demo: counted shelves, codes with limits, somebody at the desk. */
export async function setStage(
  db: Db,
  book: Book,
): Promise<Pick<World, 'scarce' | 'variants' | 'last' | 'bundles' | 'account'>> {
  const shelves = await stockShelves(db, book);
  const passwordHash = await hashPassword(ACCOUNT.password, 4);
  const now = new Date();
  await inTransaction(db, async tx => {
    for (const draft of DRAFTS) await ensureDiscount(tx, { draft, now });
    await saveStaff(tx, { email: ACCOUNT.email, name: 'Desk', role: 'admin', passwordHash, now });
  });
  const bundles = await rows<{ id: number }>(db, `select id from bundles where state = 'active' order by id`);
  return { ...shelves, bundles: bundles.map(({ id }) => id), account: ACCOUNT };
}
