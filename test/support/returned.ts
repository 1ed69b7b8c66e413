import { acceptReturn, findReturn } from '../../src/returns/index.js';
import type { Locale } from '../../src/lib/locale.js';
import { inTransaction } from '../../src/platform/db.js';
import { makePicture } from '../media/make.js';
import { at, delivered, postParts, STAFF, tokenOf, type Part } from '../returns/make.js';
import type { Country } from './purchase.js';
import type { Shop } from './shop.js';
import { createVisitor } from './visitor.js';

type Buyer = { locale: Locale; country: Country; provider: 'stripe' | 'toss' };

/** An order that arrived, with an accepted return of one piece with photos; two pieces are still with the buyer. */
export async function returnedOrder(shop: Shop, buyer: Buyer): Promise<{ path: (rest: string) => string }> {
  const bought = await delivered(shop, { ...buyer, skip: 5, quantity: 3 });
  // Paths below the locale, with the key: the order is seen as whoever has its link sees it.
  const path = (rest: string) => at(bought, rest).slice(3);
  const visitor = createVisitor(shop.origin);
  const form = await visitor.get(at(bought, '/returns'));
  const parts: Part[] = [
    ['token', tokenOf(form)],
    [`quantity-${bought.lines[0]!.id}`, '1'],
    ['reason', 'damaged'],
    ['note', 'The left handle has a crack.\nIt was there when I opened the box.'],
    ['photos', { body: await makePicture({ seed: 1 }), type: 'image/jpeg', filename: '1.jpg' }],
    [
      'photos',
      {
        body: await makePicture({ seed: 2, width: 300, height: 400 }),
        type: 'image/jpeg',
        filename: '2.jpg',
      },
    ],
  ];
  const answered = await postParts(visitor, shop.origin, at(bought, '/returns'), parts);
  if (answered.status !== 303) throw new Error(`no return: ${answered.status}`);
  const found = await findReturn(shop.db, { orderId: bought.orderId, number: 1 });
  await inTransaction(shop.db, tx =>
    acceptReturn(tx, { returnId: found!.id, actor: STAFF, now: shop.now() }),
  );
  await shop.settled();
  return { path };
}
