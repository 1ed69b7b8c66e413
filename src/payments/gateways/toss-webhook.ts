import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Gateway } from './gateway.js';

const reference = z.string().min(1).max(64);

/** Most events: a type and the object it is about. Only a Payment carries ids of ours. */
const eventShape = z.object({
  eventType: z.string().min(1).max(100),
  data: z.object({ orderId: reference.nullish(), paymentKey: z.string().min(1).max(200).nullish() }),
});

/** A deposit to a virtual account is told flat, with no type and no payment key. */
const depositShape = z.object({
  orderId: reference,
  status: z.string(),
  secret: z.string().max(200).nullish(),
});

/** Ids from the header are the dedupe key of a table: nothing long or strange may become one. */
const TRANSMISSION_ID = /^[\x21-\x7e]{1,200}$/;

/**
 * Reads one delivery of Toss. Payment events are not signed, so a body is at most a hint that some attempt is worth
 * asking about: only its ids are read, and the transmission id (the same on every retry), else the body's hash,
 * tells deliveries apart.
 */
export const readTossWebhook: Gateway['readWebhook'] = (rawBody, headers) => {
  let json: unknown;
  try {
    json = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  const transmission = headers['tosspayments-webhook-transmission-id'];
  const eventId =
    typeof transmission === 'string' && TRANSMISSION_ID.test(transmission)
      ? transmission
      : createHash('sha256').update(rawBody).digest('hex');

  const event = eventShape.safeParse(json);
  if (event.success) {
    const { eventType, data } = event.data;
    return {
      ok: true,
      eventId,
      type: eventType,
      reference: data.orderId ?? null,
      providerId: data.paymentKey ?? null,
    };
  }
  const deposit = depositShape.safeParse(json);
  if (deposit.success) {
    const { orderId, secret } = deposit.data;
    return {
      ok: true,
      eventId,
      type: 'DEPOSIT_CALLBACK',
      reference: orderId,
      providerId: null,
      depositSecret: secret ?? null,
    };
  }
  return { ok: false, reason: 'malformed' };
};
