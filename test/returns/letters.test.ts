import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatMoney } from '../../src/lib/money.js';
import { refundOrder } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import {
  acceptReturn,
  closeReturn,
  declareReturn,
  findReturn,
  receiveReturn,
  refuseReturn,
} from '../../src/returns/index.js';
import { startShop, type Shop } from '../support/shop.js';
import { buy, EN, KO, type Bought } from '../orders/paid.js';
import { delivered, STAFF } from './make.js';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const UZ = { locale: 'uz', country: 'UZ', provider: 'stripe' } as const;

async function declare({ orderId, lines }: Bought, kind: 'withdrawal' | 'return'): Promise<number> {
  const declared = await inTransaction(shop.db, tx =>
    declareReturn(tx, {
      orderId,
      kind,
      reason: kind === 'return' ? 'damaged' : null,
      note: '',
      lines: [{ orderLineId: lines[0]!.id, quantity: 1 }],
      photos: [],
      token: randomUUID(),
      now: shop.now(),
    }),
  );
  if (!declared.ok) throw new Error(declared.reason);
  return (await findReturn(shop.db, { orderId, number: declared.number }))!.id;
}
const staff = (returnId: number) => ({ returnId, actor: STAFF, now: shop.now() });
/** What reached the buyer since the last look, oldest first. */
async function letters(): Promise<ReturnType<Shop['mail']['letters']>> {
  await shop.settled();
  const arrived = shop.mail.letters();
  shop.mail.clear();
  return arrived;
}
const kindsOf = (arrived: Awaited<ReturnType<typeof letters>>) =>
  arrived.map(({ messageId }) => /\.([a-z-]+)\.[\w-]+@/.exec(messageId ?? '')?.[1]);

describe.each([
  [EN, 'Hello'],
  [KO, '안녕하세요'],
  [UZ, 'Assalomu alaykum'],
] as const)('letters about a return (%o)', (buyer, greeting) => {
  it('tell each step once, in the order’s language, with the links to the return and the order', async () => {
    const bought = await delivered(shop, { ...buyer, quantity: 2 });
    await letters();
    const returnId = await declare(bought, 'return');
    const asked = await letters();
    await inTransaction(shop.db, tx => acceptReturn(tx, staff(returnId)));
    const accepted = await letters();
    await inTransaction(shop.db, tx =>
      receiveReturn(tx, { ...staff(returnId), restock: [], shippingAmount: 0 }),
    );
    const received = await letters();
    expect([kindsOf(asked), kindsOf(accepted), new Set(kindsOf(received))]).toEqual([
      ['return-requested'],
      ['return-accepted'],
      new Set(['refunded', 'return-received']),
    ]);
    for (const { text } of [...asked, ...accepted]) {
      expect(text).toContain(greeting);
      expect(text).toContain(`/${buyer.locale}/orders/${bought.number}/returns/1?key=`);
      expect(text).toContain(`/${buyer.locale}/orders/${bought.number}?key=`);
      expect(text).not.toContain('mail.');
    }
    expect(accepted[0]!.text).toContain(shop.config.shop.address);
  });

  it('confirm a withdrawal and say where to send the goods', async () => {
    const bought = await delivered(shop, { ...buyer, skip: 1 });
    await letters();
    const returnId = await declare(bought, 'withdrawal');
    const [confirmed, ...others] = await letters();
    expect(kindsOf([confirmed!, ...others])).toEqual(['withdrawal']);
    expect(confirmed!.text).toContain(shop.config.shop.address);
    await inTransaction(shop.db, tx => closeReturn(tx, staff(returnId)));
    expect(kindsOf(await letters())).toEqual(['return-closed']);
  });

  it('refuse with the words of staff, inert', async () => {
    const bought = await delivered(shop, { ...buyer, skip: 2 });
    await letters();
    const returnId = await declare(bought, 'return');
    await letters();
    await inTransaction(shop.db, tx =>
      refuseReturn(tx, { ...staff(returnId), words: 'Worn <script>alert(1)</script> for a year' }),
    );
    const [refused] = await letters();
    expect(refused!.text).toContain('for a year');
    expect(refused!.html).toContain('&lt;script&gt;');
    expect(refused!.html).not.toContain('<script>');
  });
});

describe('the letter about money that went back', () => {
  it('names what went back and not what was paid', async () => {
    const bought = await buy(shop, { ...EN, skip: 3, quantity: 3 });
    await letters();
    const refunded = await inTransaction(shop.db, tx =>
      refundOrder(tx, {
        orderId: bought.orderId,
        token: 'one of three',
        lines: [{ orderLineId: bought.lines[0]!.id, quantity: 1, restock: false }],
        shippingAmount: 0,
        actor: STAFF,
        cause: 'broken',
        now: shop.now(),
      }),
    );
    if (!refunded.ok) throw new Error(refunded.reason);
    const [letter] = await letters();
    expect(letter!.text).toContain(`We have returned ${formatMoney(refunded.amount, 'en')} to`);
  });
});
