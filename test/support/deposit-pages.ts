import { lockPayment, requestRefund } from '../../src/payments/index.js';
import { inTransaction } from '../../src/platform/db.js';
import type { Locale } from '../../src/lib/locale.js';
import { checkoutFields, fillCart } from './purchase.js';
import type { Shop } from './shop.js';
import { createVisitor, type Visitor } from './visitor.js';

export interface TossOrder {
  visitor: Visitor;
  number: string;
  paymentKey: string;
}

/** Somebody in Korea who reads `locale` orders for won and is back from Toss's window; `refused` by the card company. */
export async function orderAtToss(
  shop: Shop,
  {
    locale,
    way,
    skip,
    refused = false,
  }: { locale: Locale; way: 'toss' | 'toss_virtual_account'; skip: number; refused?: boolean },
): Promise<TossOrder> {
  const visitor = createVisitor(shop.origin);
  await visitor.post(`/${locale}/currency`, { currency: 'KRW', return_to: `/${locale}/` });
  await fillCart(shop, visitor, locale, skip);
  const fields = await checkoutFields(visitor, { locale, country: 'KR', provider: 'toss', way });
  const { location } = await visitor.post(`/${locale}/checkout`, fields);
  const paymentKey = /\/payments\/([^/?#]+)/.exec(location ?? '')?.[1] ?? '';
  const back = refused ? shop.toss.refuse(paymentKey) : shop.toss.approve(paymentKey);
  await visitor.open(back.location);
  const order = await shop.db('orders').orderBy('id', 'desc').first<{ number: string }>('number');
  return { visitor, number: order.number, paymentKey };
}

/** An order that waits for its deposit, one whose deposit goes back, one that was refused and can be paid otherwise. */
export async function depositOrders(
  shop: Shop,
  locale: Locale,
): Promise<Record<'waiting' | 'unnamed' | 'refused', TossOrder>> {
  const waiting = await orderAtToss(shop, { locale, way: 'toss_virtual_account', skip: 5 });
  const unnamed = await orderAtToss(shop, { locale, way: 'toss_virtual_account', skip: 6 });
  await shop.toss.deposit(unnamed.paymentKey);
  await inTransaction(shop.db, async tx => {
    const { id } = await tx('payments')
      .where({ provider_id: unnamed.paymentKey })
      .first<{ id: number }>('id');
    const payment = await lockPayment(tx, { paymentId: id });
    const part = Math.floor(payment.capturedAmount / 2);
    await requestRefund(tx, payment, { amount: part, actor: 'test', cause: 'returned', now: shop.now() });
  });
  const refused = await orderAtToss(shop, { locale, way: 'toss', skip: 7, refused: true });
  await shop.settled();
  return { waiting, unnamed, refused };
}
