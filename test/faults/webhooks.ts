import { createHmac } from 'node:crypto';
import { rows } from '../../src/platform/db.js';
import type { Random } from './random.js';
import { WEBHOOK_SECRET, type World } from './world.js';

const HOUR_SECONDS = 3_600;

/** Stripe's signature of a body, made at `seconds` (Unix time) with `secret`. */
const signed = (body: string, seconds: number, secret: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

/** The status the store answers, or 0 for no answer. */
async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(15_000) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Webhooks that no provider sent: without signature, signed with another secret, too old, or a Toss body that lies. */
export async function forge({ book, db, web, clock }: World, random: Random): Promise<void> {
  const known = await rows<{ provider: string; reference: string; provider_id: string; amount: number }>(
    db,
    `select provider, reference, provider_id, amount from payments
      where provider_id is not null order by (state = 'opened') desc, id desc limit 20`,
  );
  const up = web.filter(process => process.isUp());
  if (known.length === 0 || up.length === 0) return;
  const { origin } = random.pick(up);
  const { provider, reference, provider_id, amount } = random.pick(known);
  const id = `evt_forged_${random.whole(1, 1e9)}`;
  book.forgeries.add(id);
  if (provider === 'toss') {
    // Toss signs nothing: the store may take it, and ask. Whether it believed it is for the checks of money to say.
    const data = { paymentKey: provider_id, orderId: reference, status: 'DONE', totalAmount: amount };
    const body = JSON.stringify({ eventType: 'PAYMENT_STATUS_CHANGED', data });
    await post(`${origin}/webhooks/toss`, body, { 'tosspayments-webhook-transmission-id': id });
    return;
  }
  const object = {
    id: provider_id,
    object: 'checkout.session',
    client_reference_id: reference,
    payment_status: 'paid',
  };
  const type = 'checkout.session.completed';
  const body = JSON.stringify({ id, object: 'event', type, livemode: false, data: { object } });
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const signature = random.pick([
    '',
    't=1,v1=00',
    signed(body, seconds, 'whsec_wrong'),
    signed(body, seconds - HOUR_SECONDS, WEBHOOK_SECRET),
  ]);
  const status = await post(`${origin}/webhooks/stripe`, body, { 'stripe-signature': signature });
  // 429: too many of them; 5xx and no answer belong to other checks.
  if (status > 0 && status < 500 && ![400, 429].includes(status))
    book.violated('forgeries are refused', `a forged webhook was answered ${status}`);
}

/** Stripe repeats old news, in any order, long after all was settled: nothing may come of it. */
export async function repeatOldNews({ stripe, web, clock }: World, random: Random): Promise<void> {
  const events = stripe.events();
  for (let left = Math.min(40, events.length); left > 0; left -= 1) {
    const body = JSON.stringify(random.pick(events));
    const seconds = Math.floor(clock.now().getTime() / 1000);
    const headers = { 'stripe-signature': signed(body, seconds, WEBHOOK_SECRET) };
    await post(`${random.pick(web).origin}/webhooks/stripe`, body, headers);
  }
}
