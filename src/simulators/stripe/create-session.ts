import { randomId } from '../desk.js';
import { isChargeable, minimumCharge } from './currencies.js';
import { badParameter, missingResource } from './fault.js';
import { integerAt, listAt, textAt, textsAt, treeAt, type FormTree } from './form-body.js';
import { SESSION_CREATE, refuseUnknown } from './known-params.js';
import { newSession } from './session-object.js';
import type { SessionLine, StoredSession, StripeState } from './state.js';

const MIN_SECONDS = 30 * 60;
const MAX_SECONDS = 24 * 60 * 60;

/**
 * Builds the session a create call asks for.
 * @throws StripeFault for everything Stripe checks of what the store sends.
 */
export function createSession(
  body: FormTree,
  context: { state: StripeState; seconds: number; live: boolean; pageUrl: (id: string) => string },
): StoredSession {
  refuseUnknown(body, SESSION_CREATE);
  if (textAt(body, 'mode') !== 'payment') {
    throw badParameter('mode', 'The simulator only knows sessions in mode payment.', 'parameter_missing');
  }
  const currency = readCurrency(body);
  const lines = readLines(body, currency);
  const subtotal = lines.reduce((so, line) => so + line.unitAmount * line.quantity, 0);
  const shipping = readShipping(body, currency);
  const { discount, discounts } = readDiscount(body, context.state, subtotal);
  const total = subtotal - discount + (shipping ?? 0);
  if (total > 0 && total < minimumCharge(currency)) {
    throw badParameter('line_items', 'The total amount due is below the minimum charge.', 'amount_too_small');
  }
  const id = randomId(context.live ? 'cs_live_a1' : 'cs_test_a1', 56);
  return {
    session: newSession({
      id,
      url: context.pageUrl(id),
      created: context.seconds,
      expiresAt: readExpiry(body, context.seconds),
      live: context.live,
      currency,
      subtotal,
      discount,
      shipping,
      discounts,
      adaptivePricing: textAt(treeAt(body, 'adaptive_pricing'), 'enabled') !== 'false',
      successUrl: readUrl(body, 'success_url', true),
      cancelUrl: readUrl(body, 'cancel_url', false) || null,
      reference: readText(body, 'client_reference_id', 200),
      email: readEmail(body),
      locale: textAt(body, 'locale'),
      metadata: readMetadata(body),
      submitType: textAt(body, 'submit_type'),
    }),
    lines,
    intentMetadata: readMetadata(treeAt(body, 'payment_intent_data')),
    intentDescription: textAt(treeAt(body, 'payment_intent_data'), 'description'),
    intentId: null,
  };
}

function readCurrency(body: FormTree): string {
  const first = listAt(body, 'line_items')[0];
  const priceData = typeof first === 'object' ? treeAt(first, 'price_data') : undefined;
  const currency = textAt(priceData, 'currency');
  if (!currency)
    throw badParameter('line_items', 'The simulator needs price_data in line_items.', 'parameter_missing');
  if (!isChargeable(currency)) {
    throw badParameter('line_items[0][price_data][currency]', `Invalid currency: ${currency}`);
  }
  return currency;
}

function readLines(body: FormTree, currency: string): SessionLine[] {
  return listAt(body, 'line_items').map((item, index) => {
    const path = `line_items[${index}]`;
    const tree = typeof item === 'object' ? item : undefined;
    const price = treeAt(tree, 'price_data');
    if (textAt(price, 'currency') !== currency) {
      throw badParameter(`${path}[price_data][currency]`, 'All line items must have the same currency.');
    }
    const unitAmount = integerAt(price, 'unit_amount', `${path}[price_data][unit_amount]`);
    if (unitAmount === null || unitAmount < 0) {
      throw badParameter(
        `${path}[price_data][unit_amount]`,
        'A non-negative unit_amount is needed.',
        'parameter_missing',
      );
    }
    const name = textAt(treeAt(price, 'product_data'), 'name');
    if (!name) {
      throw badParameter(
        `${path}[price_data][product_data][name]`,
        'A name is needed.',
        'parameter_invalid_empty',
      );
    }
    const quantity = integerAt(tree, 'quantity', `${path}[quantity]`) ?? 1;
    return { id: randomId('li_1'), name, unitAmount, quantity };
  });
}

function readShipping(body: FormTree, currency: string): number | null {
  const [option] = listAt(body, 'shipping_options');
  const data = typeof option === 'object' ? treeAt(option, 'shipping_rate_data') : undefined;
  const fixed = treeAt(data, 'fixed_amount');
  if (!fixed) return null;
  if (textAt(fixed, 'currency') !== currency) {
    throw badParameter('shipping_options', 'Shipping must have the currency of the line items.');
  }
  return integerAt(fixed, 'amount', 'shipping_options[0][shipping_rate_data][fixed_amount][amount]') ?? 0;
}

function readDiscount(body: FormTree, state: StripeState, subtotal: number) {
  const list = listAt(body, 'discounts');
  if (list.length > 1) throw badParameter('discounts', 'You may only specify one discount.');
  const id = typeof list[0] === 'object' ? textAt(list[0], 'coupon') : null;
  if (id === null) return { discount: 0, discounts: [] };
  const coupon = state.coupons[id];
  if (!coupon) throw missingResource('coupon', id, 'discounts[0][coupon]');
  const off = coupon.amount_off ?? Math.round((subtotal * (coupon.percent_off ?? 0)) / 100);
  return { discount: Math.min(off, subtotal), discounts: [{ coupon: id, promotion_code: null }] };
}

function readExpiry(body: FormTree, now: number): number {
  const at = integerAt(body, 'expires_at');
  if (at === null) return now + MAX_SECONDS;
  if (at < now + MIN_SECONDS) {
    throw badParameter(
      'expires_at',
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
    );
  }
  if (at > now + MAX_SECONDS) {
    throw badParameter(
      'expires_at',
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
    );
  }
  return at;
}

function readUrl(body: FormTree, name: string, required: boolean): string {
  const url = textAt(body, name);
  if (url === null && !required) return '';
  if (url === null) throw badParameter(name, `Missing required param: ${name}.`, 'parameter_missing');
  if (url.length > 5000 || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw badParameter(name, 'Not a valid URL', 'url_invalid');
  }
  return url;
}

function readText(body: FormTree, name: string, limit: number): string | null {
  const text = textAt(body, name);
  if (text !== null && text.length > limit) throw badParameter(name, `At most ${limit} characters.`);
  return text;
}

function readEmail(body: FormTree): string | null {
  const email = textAt(body, 'customer_email');
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw badParameter('customer_email', `Invalid email address: ${email}`, 'email_invalid');
  }
  return email;
}

function readMetadata(body: FormTree | undefined): Record<string, string> {
  const metadata = textsAt(body, 'metadata');
  const entries = Object.entries(metadata);
  if (entries.length > 50 || entries.some(([key, value]) => key.length > 40 || value.length > 500)) {
    throw badParameter('metadata', 'At most 50 keys of 40 characters with values of 500.');
  }
  return metadata;
}
