import { createHmac } from 'node:crypto';

/** The headers of one delivery; `t` is the time of this try, not of the event. */
export function signedHeaders(body: string, secret: string, now: Date): Record<string, string> {
  const time = Math.floor(now.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return {
    'stripe-signature': `t=${time},v1=${signature}`,
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Stripe/1.0 (simulator)',
  };
}
