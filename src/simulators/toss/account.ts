import type { Clock } from '../clock.js';
import type { Courier } from '../courier.js';
import { randomId } from '../desk.js';
import type { StateFile } from '../state-file.js';
import { TossFault, messageOf } from './fault.js';
import { createNews } from './news.js';
import {
  amounts,
  koreanTime,
  methodDetails,
  newPayment,
  virtualAccount,
  type TossPaymentObject,
} from './payment-object.js';
import { cancelPayment, type CancelRequest } from './refund.js';
import type { Opening, StoredPayment, TossState } from './state.js';

const WINDOW_MS = 30 * 60_000;
const CONFIRM_WITHIN_MS = 10 * 60_000;

/** The simulated shop at Toss: payments, the clock that ends them, and the webhooks that tell of them. */
export function createAccount({
  file,
  clock,
  courier,
  checkoutUrl,
}: {
  file: StateFile<TossState>;
  clock: Clock;
  courier: Courier;
  checkoutUrl: (paymentKey: string) => string;
}) {
  const { state } = file;

  const { move, tellDeposit } = createNews({ clock, courier, save: file.save });

  /** Applies what the clock has done since somebody last looked. */
  function age(stored: StoredPayment): void {
    const { payment } = stored;
    const now = clock.now().getTime();
    const over =
      (payment.status === 'READY' && now >= stored.openedAt + WINDOW_MS) ||
      (payment.status === 'IN_PROGRESS' && now >= (stored.approvedAt ?? 0) + CONFIRM_WITHIN_MS);
    if (over) {
      payment.method = null;
      payment.failure = {
        code: 'EXPIRED_PAYMENT',
        message: messageOf('EXPIRED_PAYMENT', stored.language ?? ''),
      };
      void move(payment, 'EXPIRED');
    }
    // Passing the deadline of a deposit changes no status and is told to nobody.
    if (payment.virtualAccount && stored.depositUntil !== null && payment.status === 'WAITING_FOR_DEPOSIT') {
      payment.virtualAccount.expired = now >= stored.depositUntil;
    }
  }

  function get(paymentKey: string): StoredPayment {
    const stored = state.payments[paymentKey];
    if (!stored) throw new TossFault('NOT_FOUND_PAYMENT');
    age(stored);
    return stored;
  }

  function getByOrder(orderId: string): StoredPayment {
    const stored = Object.values(state.payments).find(({ payment }) => payment.orderId === orderId);
    if (!stored) throw new TossFault('NOT_FOUND_PAYMENT');
    return get(stored.payment.paymentKey);
  }

  function open(opening: Opening): TossPaymentObject {
    if (Object.values(state.payments).some(({ payment }) => payment.orderId === opening.orderId)) {
      throw new TossFault('DUPLICATED_ORDER_ID');
    }
    const payment = newPayment({ ...opening, now: clock.now(), checkoutUrl });
    state.payments[payment.paymentKey] = {
      payment,
      method: opening.method,
      successUrl: opening.successUrl,
      failUrl: opening.failUrl,
      language: opening.language,
      openedAt: clock.now().getTime(),
      approvedAt: null,
      depositUntil: null,
      customerName: opening.customerName,
      depositMs: opening.depositMs,
    };
    return payment;
  }

  /** The buyer has agreed in the window. Nothing is charged yet. */
  function approve(stored: StoredPayment, method = stored.method): void {
    if (stored.payment.status !== 'READY') return;
    stored.payment.status = 'IN_PROGRESS';
    stored.payment.method = method;
    stored.approvedAt = clock.now().getTime();
  }

  /** The store takes the money. Throws Toss's refusals; `told` resolves when the webhook has been answered. */
  function confirm(
    request: { paymentKey: string; orderId: string; amount: number },
    chargedInstead?: number,
  ): { payment: TossPaymentObject; told: Promise<void> } {
    const stored = get(request.paymentKey);
    const { payment } = stored;
    if (payment.orderId !== request.orderId || payment.totalAmount !== request.amount) {
      throw new TossFault('FORBIDDEN_REQUEST');
    }
    if (['DONE', 'WAITING_FOR_DEPOSIT', 'CANCELED', 'PARTIAL_CANCELED'].includes(payment.status)) {
      throw new TossFault('ALREADY_PROCESSED_PAYMENT');
    }
    if (payment.status !== 'IN_PROGRESS') throw new TossFault('NOT_FOUND_PAYMENT_SESSION');
    payment.useEscrow = false;
    payment.lastTransactionKey = randomId('', 32).toUpperCase();
    if (payment.method === '가상계좌') {
      awaitDeposit(stored);
      return { payment, told: Promise.resolve() };
    }
    if (chargedInstead !== undefined) Object.assign(payment, amounts(chargedInstead, payment.taxFreeAmount));
    payment.approvedAt = koreanTime(clock.now());
    Object.assign(payment, methodDetails(payment));
    payment.receipt = { url: payment.checkout?.url ?? '' };
    record(payment, payment.totalAmount);
    return { payment, told: move(payment, 'DONE') };
  }

  function awaitDeposit(stored: StoredPayment): void {
    const { payment } = stored;
    stored.depositUntil = clock.now().getTime() + stored.depositMs;
    payment.status = 'WAITING_FOR_DEPOSIT';
    payment.secret = randomId('ps_', 24);
    payment.virtualAccount = virtualAccount(
      new Date(stored.depositUntil),
      stored.customerName || '모의 구매자',
    );
  }

  /** The confirmation is refused for good, as by a card company. */
  function abort(paymentKey: string, code: string): void {
    const stored = state.payments[paymentKey];
    if (stored?.payment.status !== 'IN_PROGRESS') return;
    stored.payment.failure = { code, message: messageOf(code, stored.language ?? '') };
    void move(stored.payment, 'ABORTED');
  }

  /**
   * Somebody pays into a virtual account. The bank takes no other sum than the one asked for and none after the deadline;
   * the payer hears of that at the bank, the shop hears nothing. False when it was not taken.
   */
  async function deposit(stored: StoredPayment, amount = stored.payment.totalAmount): Promise<boolean> {
    age(stored);
    const { payment } = stored;
    if (payment.status !== 'WAITING_FOR_DEPOSIT' || payment.virtualAccount?.expired) return false;
    if (amount !== payment.totalAmount) return false;
    payment.approvedAt = koreanTime(clock.now());
    payment.lastTransactionKey = randomId('', 32).toUpperCase();
    record(payment, payment.totalAmount);
    // A shop that listens to both kinds of event hears of a deposit twice.
    await Promise.all([move(payment, 'DONE'), tellDeposit(payment)]);
    return true;
  }

  /** The bank takes the deposit back: a payment that was done waits again. */
  async function loseDeposit(stored: StoredPayment): Promise<void> {
    const { payment } = stored;
    if (payment.status !== 'DONE' || !payment.virtualAccount) return;
    payment.status = 'WAITING_FOR_DEPOSIT';
    payment.approvedAt = null;
    await tellDeposit(payment);
  }

  /** Returns the payment as it is then; `told` resolves when its webhooks have been answered. */
  function cancel(
    paymentKey: string,
    request: CancelRequest,
  ): { payment: TossPaymentObject; told: Promise<unknown> } {
    const { payment } = get(paymentKey);
    const unpaid = payment.status === 'WAITING_FOR_DEPOSIT';
    const { amount, status } = cancelPayment(payment, request, koreanTime(clock.now()));
    payment.status = status;
    if (!unpaid) record(payment, -amount);
    const told = [move(payment, status)];
    if (payment.virtualAccount) told.push(tellDeposit(payment));
    return { payment, told: Promise.all(told) };
  }

  /** What a person does at Toss's own console: the shop is not asked, and hears of it by webhook. */
  async function cancelByHand(stored: StoredPayment, amount: number | null, reason: string): Promise<void> {
    const { payment } = stored;
    const account = { bank: '88', accountNumber: '11012345678', holderName: '모의 구매자' };
    const paidDeposit = payment.virtualAccount && payment.status !== 'WAITING_FOR_DEPOSIT';
    const { told } = cancel(payment.paymentKey, {
      cancelReason: reason,
      cancelAmount: amount,
      refundableAmount: null,
      refundReceiveAccount: paidDeposit ? account : null,
    });
    await told;
  }

  function record(payment: TossPaymentObject, amount: number): void {
    state.transactions.push({
      mId: payment.mId,
      transactionKey: payment.lastTransactionKey ?? '',
      paymentKey: payment.paymentKey,
      orderId: payment.orderId,
      method: payment.method,
      customerKey: null,
      useEscrow: false,
      receiptUrl: payment.receipt?.url ?? null,
      status: amount > 0 ? 'DONE' : payment.status === 'CANCELED' ? 'CANCELED' : 'PARTIAL_CANCELED',
      transactionAt: koreanTime(clock.now()),
      currency: payment.currency,
      amount,
    });
  }

  const ageAll = () => Object.values(state.payments).forEach(age);

  return {
    state,
    get,
    getByOrder,
    open,
    approve,
    confirm,
    abort,
    deposit,
    loseDeposit,
    cancel,
    cancelByHand,
    ageAll,
  };
}

export type TossAccount = ReturnType<typeof createAccount>;
