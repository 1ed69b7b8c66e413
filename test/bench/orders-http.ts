import { checkoutFields, problems } from '../support/purchase.js';
import type { Shop } from '../support/shop.js';
import { createVisitor, type Visitor } from '../support/visitor.js';

/** One buyer with a filled cart, and from placing on the provider's session. */
export interface Purchase {
  visitor: Visitor;
  fields: Record<string, string>;
  sessionId: string;
}

export interface HttpPlaces {
  prepare(variantId: number): Promise<Purchase>;
  /** POST /checkout up to the redirect to the provider. */
  place(purchase: Purchase): Promise<Purchase>;
  /** The provider tells the store by its webhooks; the store asks the provider back and sees the order paid. */
  pay(purchase: Purchase): Promise<void>;
  /** @throws Error unless each of these is a paid order. */
  check(placed: readonly Purchase[]): Promise<void>;
  /** A paid order to copy. */
  sample(variantId: number): Promise<number>;
}

/** Buys as shoppers do: forms over HTTP, the provider in between. */
export async function httpPlaces(shop: Shop): Promise<HttpPlaces> {
  // The bench is one place from which more orders come than from any household.
  const forgetTries = () => shop.db('rate_limits').delete();
  await forgetTries();
  const ordersOf = (placed: readonly Purchase[]) =>
    shop
      .db('payments')
      .join('orders', 'orders.id', 'payments.order_id')
      .whereIn(
        'provider_id',
        placed.map(({ sessionId }) => sessionId),
      )
      .select<{ id: number; state: string }[]>('orders.id', 'orders.state');

  const places: HttpPlaces = {
    async prepare(variantId) {
      const visitor = createVisitor(shop.origin);
      await visitor.post('/en/cart/lines', { variant: String(variantId), quantity: '1' });
      const fields = await checkoutFields(visitor, { locale: 'en', country: 'US', provider: 'stripe' });
      return { visitor, fields, sessionId: '' };
    },
    async place(purchase) {
      const { status, location, text } = await purchase.visitor.post('/en/checkout', purchase.fields);
      const sessionId = /cs_test_\w+/.exec(location ?? '')?.[0];
      if (status !== 303 || !sessionId)
        throw new Error(`not placed: ${status} ${location ?? problems(text)}`);
      return { ...purchase, sessionId };
    },
    async pay({ sessionId }) {
      await shop.stripe.pay(sessionId);
    },
    async check(placed) {
      await shop.stripe.idle();
      await forgetTries();
      const orders = await ordersOf(placed);
      const paid = orders.filter(({ state }) => state === 'paid');
      if (paid.length !== placed.length)
        throw new Error(`${paid.length} of ${placed.length} orders are paid`);
    },
    async sample(variantId) {
      const placed = await places.place(await places.prepare(variantId));
      await places.pay(placed);
      await places.check([placed]);
      const [order] = await ordersOf([placed]);
      return order!.id;
    },
  };
  return places;
}
