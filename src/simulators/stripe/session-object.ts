import type { Stripe } from 'stripe';
import type { StoredSession } from './state.js';

/** Over the wire a decimal is text; the SDK makes its own number class of it on arrival. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string | null };
export type WireLineItem = Omit<Stripe.LineItem, 'price'> & { price: WirePrice };

/** What a new session depends on; everything else is Stripe's default for a hosted one-time payment. */
export interface SessionFacts {
  id: string;
  url: string;
  created: number;
  expiresAt: number;
  live: boolean;
  currency: string;
  subtotal: number;
  discount: number;
  shipping: number | null;
  discounts: Stripe.Checkout.Session.Discount[];
  adaptivePricing: boolean;
  cancelUrl: string | null;
  successUrl: string;
  reference: string | null;
  email: string | null;
  locale: string | null;
  metadata: Record<string, string>;
  submitType: string | null;
}

export function newSession(facts: SessionFacts): Stripe.Checkout.Session {
  return {
    id: facts.id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: facts.adaptivePricing },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: facts.subtotal,
    amount_total: facts.subtotal - facts.discount + (facts.shipping ?? 0),
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: facts.cancelUrl,
    client_reference_id: facts.reference,
    client_secret: null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: null,
    created: facts.created,
    currency: facts.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: facts.email === null ? null : customerDetails(facts.email),
    customer_email: facts.email,
    discounts: facts.discounts,
    expires_at: facts.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: facts.live,
    locale: facts.locale,
    managed_payments: null,
    metadata: facts.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card', 'customer_balance'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost:
      facts.shipping === null
        ? null
        : {
            amount_subtotal: facts.shipping,
            amount_tax: 0,
            amount_total: facts.shipping,
            shipping_rate: null,
          },
    shipping_options: [],
    status: 'open',
    submit_type: facts.submitType,
    subscription: null,
    success_url: facts.successUrl,
    total_details: { amount_discount: facts.discount, amount_shipping: facts.shipping ?? 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: facts.url,
    wallet_options: null,
  };
}

export function customerDetails(email: string): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
  };
}

export function lineItems({ session, lines }: StoredSession): WireLineItem[] {
  return lines.map(line => ({
    id: line.id,
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: line.unitAmount * line.quantity,
    amount_tax: 0,
    amount_total: line.unitAmount * line.quantity,
    currency: session.currency ?? '',
    description: line.name,
    metadata: {},
    price: linePrice(session, line.id, line.unitAmount),
    quantity: line.quantity,
  }));
}

function linePrice(session: Stripe.Checkout.Session, lineId: string, unitAmount: number): WirePrice {
  return {
    id: lineId.replace('li_', 'price_'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: session.created,
    currency: session.currency ?? '',
    custom_unit_amount: null,
    livemode: session.livemode,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: lineId.replace('li_', 'prod_'),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: unitAmount,
    unit_amount_decimal: String(unitAmount),
  };
}
