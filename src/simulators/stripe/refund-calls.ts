import type { Stripe } from 'stripe';
import { randomId } from '../desk.js';
import type { StripeAccount } from './account.js';
import { badParameter, missingResource } from './fault.js';
import { integerAt, textAt, textsAt } from './form-body.js';
import { COUPON_CREATE, REFUND_CREATE, refuseUnknown } from './known-params.js';
import { chargeOf } from './reading.js';
import type { StripeRequest } from './request.js';

/** `POST /v1/refunds`: by intent or by charge; without an amount, all that is left. */
export function createRefund(
  account: StripeAccount,
  { body, cause }: StripeRequest,
  pending: boolean,
): Stripe.Refund {
  refuseUnknown(body, REFUND_CREATE);
  const { state } = account;
  const intentId = textAt(body, 'payment_intent');
  const chargeId = textAt(body, 'charge');
  if (intentId === null && chargeId === null) {
    throw badParameter('payment_intent', 'One of payment_intent or charge is needed.', 'parameter_missing');
  }
  const intent = intentId === null ? undefined : state.intents[intentId];
  if (intentId !== null && !intent) throw missingResource('payment_intent', intentId, 'payment_intent');
  const charge = chargeId === null ? intent && chargeOf(state, intent) : state.charges[chargeId];
  if (!charge) throw missingResource('charge', chargeId ?? '', 'charge');
  const facts = {
    amount: integerAt(body, 'amount'),
    reason: textAt(body, 'reason'),
    metadata: textsAt(body, 'metadata'),
    pending,
  };
  return account.refund(charge, facts, cause);
}

/** `POST /v1/coupons`: an amount or a percentage off, once. */
export function createCoupon(
  account: StripeAccount,
  { body }: StripeRequest,
  created: number,
  live: boolean,
): Stripe.Coupon {
  refuseUnknown(body, COUPON_CREATE);
  const amountOff = integerAt(body, 'amount_off');
  const percentOff = textAt(body, 'percent_off');
  if ((amountOff === null) === (percentOff === null)) {
    throw badParameter('percent_off', 'You must pass percent_off or amount_off, and only one of them.');
  }
  const coupon: Stripe.Coupon = {
    id: textAt(body, 'id') ?? randomId('', 8),
    object: 'coupon',
    amount_off: amountOff,
    created,
    currency: textAt(body, 'currency'),
    duration: textAt(body, 'duration') ?? 'once',
    duration_in_months: null,
    livemode: live,
    max_redemptions: integerAt(body, 'max_redemptions'),
    metadata: textsAt(body, 'metadata'),
    name: textAt(body, 'name'),
    percent_off: percentOff === null ? null : Number(percentOff),
    redeem_by: integerAt(body, 'redeem_by'),
    times_redeemed: 0,
    valid: true,
  };
  account.state.coupons[coupon.id] = coupon;
  return coupon;
}
