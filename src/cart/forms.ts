import { MAX_QUANTITY, readQuantity } from '../lib/quantity.js';
import { readId, typedFields, type Read } from '../web/index.js';

const quantityError = { field: 'quantity', key: 'cart.error.quantity', values: { max: MAX_QUANTITY } };

/** variant, quantity (1–99) of POST /cart/lines. */
export function readAddition(body: unknown): Read<{ variantId: number; quantity: number }> {
  const typed = typedFields(body, ['variant', 'quantity']);
  const variantId = readId(typed.variant);
  const quantity = readQuantity(typed.quantity);
  if (variantId === null) return { ok: false, errors: [{ field: 'variant', key: 'cart.error.variant' }] };
  if (quantity === null || quantity === 0) return { ok: false, errors: [quantityError] };
  return { ok: true, value: { variantId, quantity } };
}

/** shipping_method of POST /cart/delivery: one of those that the cart offers. */
export function readDelivery(body: unknown, offered: readonly string[]): Read<{ code: string }> {
  const code = typedFields(body, ['shipping_method']).shipping_method;
  return code && offered.includes(code)
    ? { ok: true, value: { code } }
    : { ok: false, errors: [{ field: 'shipping_method', key: 'cart.error.shipping_method' }] };
}
/** code of POST /cart/discount and its removal, as typed. */
export const typedCode = (body: unknown): string => typedFields(body, ['code']).code;

/** quantity (0–99) of POST /cart/lines/:id. */
export function readChange(body: unknown): Read<{ quantity: number }> {
  const quantity = readQuantity(typedFields(body, ['quantity']).quantity);
  return quantity === null ? { ok: false, errors: [quantityError] } : { ok: true, value: { quantity } };
}

/** bundle, quantity (1–99) of POST /cart/bundles. */
export function readSetAddition(body: unknown): Read<{ bundleId: number; quantity: number }> {
  const typed = typedFields(body, ['bundle', 'quantity']);
  const bundleId = readId(typed.bundle);
  const quantity = readQuantity(typed.quantity);
  if (bundleId === null) return { ok: false, errors: [{ field: 'bundle', key: 'cart.error.bundle' }] };
  if (quantity === null || quantity === 0) return { ok: false, errors: [quantityError] };
  return { ok: true, value: { bundleId, quantity } };
}
