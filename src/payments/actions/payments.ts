import { newToken } from '../../lib/ids.js';
import { assertMove } from '../../lib/moves.js';
import type { Money } from '../../lib/money.js';
import { change, type Db, type Tx } from '../../platform/db.js';
import { log } from '../../platform/log.js';
import type { Provider } from '../gateways/gateway.js';
import { lockPayment, type Payment } from '../queries.js';
import {
  nextCheck,
  PAYMENT_MOVES,
  type DepositInstructions,
  type PaymentState,
  type PayMethod,
} from '../rules.js';

interface Because {
  actor: string;
  cause: string;
  now: Date;
}

async function recordMove(
  tx: Tx,
  paymentId: number,
  from: PaymentState | null,
  to: PaymentState,
  because: Because,
): Promise<void> {
  await tx('payment_events').insert({
    payment_id: paymentId,
    from_state: from,
    to_state: to,
    actor: because.actor,
    cause: because.cause,
    created_at: because.now,
  });
  log.info('payment moved', { payment: paymentId, from, to, cause: because.cause });
}

/**
 * Opens one attempt to pay `amount`. Its reference is our name for it at the provider and the stem of its idempotency
 * keys. A unique index allows one active attempt an order. Needs the order's lock.
 */
export async function openPayment(
  tx: Tx,
  {
    orderId,
    provider,
    method,
    live,
    amount,
    expiresAt,
    ...because
  }: Because & {
    orderId: number;
    provider: Provider;
    method: PayMethod;
    live: boolean;
    amount: Money;
    expiresAt: Date;
  },
): Promise<Payment> {
  const [inserted] = await tx('payments')
    .insert({
      reference: `pay_${newToken()}`,
      order_id: orderId,
      provider,
      method,
      live,
      currency: amount.currency,
      amount: amount.amount,
      expires_at: expiresAt,
      check_at: nextCheck(1, because.now),
      created_at: because.now,
    })
    .returning<{ id: number }[]>('id');
  const paymentId = inserted!.id;
  await recordMove(tx, paymentId, null, 'opened', because);
  return await lockPayment(tx, { paymentId });
}

/** Keeps what the provider answered to `start`. Repeating it with the same answer changes nothing. */
export async function recordStart(
  db: Db,
  { paymentId, providerId, redirectUrl }: { paymentId: number; providerId: string; redirectUrl: string },
): Promise<void> {
  await db('payments')
    .where({ id: paymentId })
    .whereRaw('(provider_id is null or provider_id = ?)', [providerId])
    .update({ provider_id: providerId, redirect_url: redirectUrl });
}

/**
 * Writes down how the provider names a payment whose row has lost it, as its own answer told. False when another payment
 * has these ids. Needs the payment's lock.
 */
export async function takeIds(
  tx: Tx,
  payment: Payment,
  { providerId, transactionId }: { providerId: string; transactionId: string | null },
): Promise<boolean> {
  const taken = await change(
    tx,
    `update payments set provider_id = :providerId, transaction_id = coalesce(:transactionId, transaction_id)
      where id = :id and not exists (select from payments o
        where o.provider = :provider and o.provider_id = :providerId and o.id <> :id)`,
    { id: payment.id, provider: payment.provider, providerId, transactionId },
  );
  return taken === 1;
}

/** What moves along with a payment's state. */
interface Learned {
  providerId?: string | undefined;
  transactionId?: string | null | undefined;
  capturedAmount?: number | undefined;
  failureCode?: string | undefined;
  /** Where the buyer sends the money, and the secret that the provider will prove its arrival by. */
  deposit?: { instructions: DepositInstructions; secret: string | null } | undefined;
}

/** The one writer of payment states: checks the table of moves, writes the row and its history. Needs the lock. */
export async function movePayment(
  tx: Tx,
  payment: Payment,
  to: PaymentState,
  { actor, cause, now, ...learned }: Because & Learned,
): Promise<void> {
  assertMove(PAYMENT_MOVES, payment.state, to, `payment ${payment.id}`);
  await tx('payments')
    .where({ id: payment.id })
    .update({
      state: to,
      // Only a deposit under way is worth further questions.
      check_at: to === 'pending' || to === 'reversed' ? nextCheck(payment.checks, now) : null,
      ...(learned.providerId !== undefined && payment.providerId === null
        ? { provider_id: learned.providerId }
        : {}),
      ...(learned.transactionId === undefined ? {} : { transaction_id: learned.transactionId }),
      ...(learned.capturedAmount === undefined
        ? {}
        : { captured_amount: learned.capturedAmount, captured_at: now }),
      ...(learned.deposit === undefined
        ? {}
        : {
            instructions: JSON.stringify(learned.deposit.instructions),
            deposit_secret: learned.deposit.secret,
            expires_at: new Date(learned.deposit.instructions.due),
          }),
      ...(learned.failureCode === undefined ? {} : { failure_code: learned.failureCode.slice(0, 200) }),
    });
  await recordMove(tx, payment.id, payment.state, to, { actor, cause, now });
}

/**
 * The buyer is back from the provider's page and the provider does not say what became of it: noted for the order's page,
 * and asked again within a minute. Needs the payment's lock.
 */
export async function noteUnanswered(tx: Tx, payment: Payment, { now }: { now: Date }): Promise<void> {
  await change(
    tx,
    `update payments set unanswered_at = coalesce(unanswered_at, :now), check_at = least(check_at, :soon) where id = :id`,
    { id: payment.id, now, soon: nextCheck(0, now) },
  );
}

/** The provider has spoken again. Needs the payment's lock. */
export async function noteAnswered(tx: Tx, payment: Payment): Promise<void> {
  if (payment.unansweredAt === null) return;
  await tx('payments').where({ id: payment.id }).update({ unanswered_at: null });
}

/**
 * Notes that the provider is about to be told to take the money, before it is: whoever finds the attempt without an
 * answer (this process may die) asks soon, and may say the same again.
 */
export async function recordConfirming(
  db: Db,
  { paymentId, now }: { paymentId: number; now: Date },
): Promise<void> {
  await db('payments')
    .where({ id: paymentId, state: 'opened' })
    .whereNull('confirming_at')
    .update({ confirming_at: now, check_at: nextCheck(0, now), checks: 0 });
}

/** The provider gave no final answer: ask again later, less often each time. */
export async function postponeCheck(
  db: Db,
  { payment, now }: { payment: Payment; now: Date },
): Promise<void> {
  const next = nextCheck(payment.checks + 1, now);
  // The end of the attempt's time is a moment to look, whatever the rhythm says.
  const at = payment.expiresAt > now && payment.expiresAt < next ? payment.expiresAt : next;
  await db('payments')
    .where({ id: payment.id })
    .whereNotNull('check_at')
    .update({ check_at: at, checks: payment.checks + 1 });
}

/** Notes one delivery of a webhook; false when it has been noted before. Part of the transaction that acts on it. */
export async function recordGatewayEvent(
  tx: Tx,
  {
    provider,
    eventId,
    type,
    paymentId,
  }: { provider: Provider; eventId: string; type: string; paymentId: number | null },
): Promise<boolean> {
  const inserted = await change(
    tx,
    `insert into gateway_events (provider, event_id, type, payment_id) values (:provider, :eventId, :type, :paymentId)
     on conflict do nothing`,
    { provider, eventId: eventId.slice(0, 255), type: type.slice(0, 100), paymentId },
  );
  return inserted === 1;
}
