import { listOrderLines, type Order } from '../orders/index.js';
import { PROVIDERS, type Attempt, type Gateways, type Payment, type Provider } from '../payments/index.js';
import { money } from '../lib/money.js';
import { localePath } from '../web/index.js';
import type { Db } from '../platform/db.js';
import { orderName } from './rules.js';

/** The providers this installation has keys for. */
export const availableProviders = (gateways: Gateways): Provider[] =>
  PROVIDERS.filter(provider => gateways[provider]);

/** What the gateway is told of a payment: from our rows only. The return address carries the payment's own reference. */
export async function attemptOf(
  db: Db,
  { payment, order, baseUrl }: { payment: Payment; order: Order; baseUrl: string },
): Promise<Attempt> {
  const lines = await listOrderLines(db, { orderId: order.id });
  const returnUrl = `${baseUrl}${localePath(order.locale, `/checkout/return/${payment.provider}/${payment.reference}`)}`;
  return {
    reference: payment.reference,
    providerId: payment.providerId,
    method: payment.method,
    amount: money(payment.amount, payment.currency),
    orderNumber: order.number,
    orderName: orderName(lines.map(line => line.name)),
    email: order.email,
    name: order.name,
    locale: order.locale,
    expiresAt: payment.expiresAt,
    returnUrl,
    cancelUrl: `${returnUrl}/canceled`,
  };
}
