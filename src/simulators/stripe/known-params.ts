import type { Stripe } from 'stripe';
import { badParameter } from './fault.js';
import type { FormTree } from './form-body.js';

/** What a parameter may hold: `any` is not looked into, `list` has members of one shape, an object names its own. */
type Shape = 'any' | { list: Shape } | { [name: string]: Shape };

/** Typed by the SDK: a parameter that Stripe adds or takes away makes this file fail to compile. */
type Shapes<Params> = Record<Extract<keyof Params, string>, Shape>;

const LINE_ITEM: Shapes<Stripe.Checkout.SessionCreateParams.LineItem> = {
  adjustable_quantity: 'any',
  metadata: 'any',
  price: 'any',
  price_data: {
    currency: 'any',
    product: 'any',
    product_data: {
      description: 'any',
      images: 'any',
      metadata: 'any',
      name: 'any',
      tax_code: 'any',
      tax_details: 'any',
      unit_label: 'any',
    } satisfies Shapes<Stripe.Checkout.SessionCreateParams.LineItem.PriceData.ProductData>,
    recurring: 'any',
    tax_behavior: 'any',
    unit_amount: 'any',
    unit_amount_decimal: 'any',
  } satisfies Shapes<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>,
  quantity: 'any',
  tax_rates: 'any',
};

export const SESSION_CREATE: Shapes<Stripe.Checkout.SessionCreateParams> = {
  adaptive_pricing: { enabled: 'any' },
  after_expiration: 'any',
  allow_promotion_codes: 'any',
  allowed_payment_method_types: 'any',
  automatic_tax: 'any',
  billing_address_collection: 'any',
  branding_settings: 'any',
  cancel_url: 'any',
  client_reference_id: 'any',
  consent_collection: 'any',
  currency: 'any',
  custom_fields: 'any',
  custom_text: 'any',
  customer: 'any',
  customer_account: 'any',
  customer_creation: 'any',
  customer_email: 'any',
  customer_update: 'any',
  discounts: { list: { coupon: 'any', promotion_code: 'any' } },
  excluded_payment_method_types: 'any',
  expand: 'any',
  expires_at: 'any',
  integration_identifier: 'any',
  invoice_creation: 'any',
  line_items: { list: LINE_ITEM },
  locale: 'any',
  managed_payments: 'any',
  metadata: 'any',
  mode: 'any',
  name_collection: 'any',
  optional_items: 'any',
  origin_context: 'any',
  payment_intent_data: {
    application_fee_amount: 'any',
    capture_method: 'any',
    description: 'any',
    metadata: 'any',
    on_behalf_of: 'any',
    receipt_email: 'any',
    setup_future_usage: 'any',
    shipping: 'any',
    statement_descriptor: 'any',
    statement_descriptor_suffix: 'any',
    transfer_data: 'any',
    transfer_group: 'any',
  } satisfies Shapes<Stripe.Checkout.SessionCreateParams.PaymentIntentData>,
  payment_method_collection: 'any',
  payment_method_configuration: 'any',
  payment_method_data: 'any',
  payment_method_options: 'any',
  permissions: 'any',
  phone_number_collection: 'any',
  redirect_on_completion: 'any',
  return_url: 'any',
  saved_payment_method_options: 'any',
  setup_intent_data: 'any',
  shipping_address_collection: 'any',
  shipping_options: {
    list: {
      shipping_rate: 'any',
      shipping_rate_data: {
        delivery_estimate: 'any',
        display_name: 'any',
        fixed_amount: { amount: 'any', currency: 'any', currency_options: 'any' },
        metadata: 'any',
        tax_behavior: 'any',
        tax_code: 'any',
        type: 'any',
      } satisfies Shapes<Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData>,
    },
  },
  submit_type: 'any',
  subscription_data: 'any',
  success_url: 'any',
  tax_id_collection: 'any',
  ui_mode: 'any',
  wallet_options: 'any',
};

export const SESSION_EXPIRE: Shapes<Stripe.Checkout.SessionExpireParams> = { expand: 'any' };

export const REFUND_CREATE: Shapes<Stripe.RefundCreateParams> = {
  amount: 'any',
  charge: 'any',
  currency: 'any',
  customer: 'any',
  expand: 'any',
  instructions_email: 'any',
  metadata: 'any',
  origin: 'any',
  payment_intent: 'any',
  reason: 'any',
  refund_application_fee: 'any',
  reverse_transfer: 'any',
};

export const COUPON_CREATE: Shapes<Stripe.CouponCreateParams> = {
  amount_off: 'any',
  applies_to: 'any',
  currency: 'any',
  currency_options: 'any',
  duration: 'any',
  duration_in_months: 'any',
  expand: 'any',
  id: 'any',
  max_redemptions: 'any',
  metadata: 'any',
  name: 'any',
  percent_off: 'any',
  redeem_by: 'any',
};

/** @throws StripeFault `parameter_unknown`, naming the first parameter that Stripe does not have. */
export function refuseUnknown(tree: FormTree, shape: Shape, path = ''): void {
  if (shape === 'any') return;
  for (const [name, value] of Object.entries(tree)) {
    const full = path ? `${path}[${name}]` : name;
    const inner = 'list' in shape ? shape.list : Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (inner === undefined) {
      throw badParameter(full, `Received unknown parameter: ${full}`, 'parameter_unknown');
    }
    if (typeof value === 'object') refuseUnknown(value, inner, full);
  }
}
