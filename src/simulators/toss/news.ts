import type { Clock } from '../clock.js';
import type { Courier } from '../courier.js';
import { randomId } from '../desk.js';
import { koreanTime, webhookTime, type TossPaymentObject, type TossStatus } from './payment-object.js';

/** The states a change to which Toss tells by webhook. */
const TOLD: TossStatus[] = ['DONE', 'CANCELED', 'PARTIAL_CANCELED', 'ABORTED', 'EXPIRED'];

/** What Toss tells the shop, unsigned, and in two shapes. */
export function createNews({ clock, courier, save }: { clock: Clock; courier: Courier; save: () => void }) {
  function post(name: string, body: object): Promise<void> {
    save();
    const id = randomId('', 32);
    return courier.send({
      name: `${name} ${id}`,
      body: JSON.stringify(body),
      headers: retry => ({
        'tosspayments-webhook-transmission-id': id,
        'tosspayments-webhook-transmission-time': koreanTime(clock.now()),
        'tosspayments-webhook-transmission-retried-count': String(retry),
      }),
    });
  }

  /** Moves a payment and, where Toss does, tells the store. Resolves when the store has answered. */
  async function move(payment: TossPaymentObject, status: TossStatus): Promise<void> {
    payment.status = status;
    if (!TOLD.includes(status)) return;
    const data = structuredClone(payment);
    await post(`PAYMENT_STATUS_CHANGED ${status}`, {
      eventType: 'PAYMENT_STATUS_CHANGED',
      createdAt: webhookTime(clock.now()),
      data,
    });
  }

  /** A virtual account's news are flat, and carry the secret the store was given when it confirmed. */
  function tellDeposit({ secret, status, lastTransactionKey, orderId }: TossPaymentObject): Promise<void> {
    return post(`DEPOSIT_CALLBACK ${status}`, {
      createdAt: webhookTime(clock.now()),
      secret,
      status,
      transactionKey: lastTransactionKey,
      orderId,
    });
  }

  return { move, tellDeposit };
}
