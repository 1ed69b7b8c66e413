import {
  chooseDelivery,
  closeCart,
  findCart,
  findPricing,
  listLines,
  lockCart,
  piecesOf,
  listMergedCarts,
  quoteLines,
  type CartLine,
} from '../../cart/index.js';
import { claimDiscounts } from '../../discounts/index.js';
import { reserve } from '../../inventory/index.js';
import { addressDestination } from '../../lib/destination.js';
import { localize, type Locale } from '../../lib/locale.js';
import { equals, type Currency, type Money } from '../../lib/money.js';
import { findOrderOfCart, lockLiveOrder, openOrder, placeOrder, type Order } from '../../orders/index.js';
import { isActive, listPayments, minimumCharge, openPayment } from '../../payments/index.js';
import { findDelivery } from '../../shipping/index.js';
import { inTransaction, refuse, type Db } from '../../platform/db.js';
import { findBuyer } from '../buyer.js';
import { appliedIds, explanationOf, fingerprint, lostCode, type CheckoutForm } from '../rules.js';

export interface PlaceInput {
  token: string | null;
  /** Whose order it is; null for a guest's. */
  userId: number | null;
  form: CheckoutForm;
  locale: Locale;
  currency: Currency;
  /** The total the buyer saw when pressing Pay. */
  expected: Money;
  /** Whether the chosen provider's keys move real money. */
  live: boolean;
  now: Date;
}

export type PrepareResult =
  /**
   * `repeated`: this very form was sent before, here is what it made. `paymentId` is null when no attempt is open: an
   * order that costs nothing is placed already, another one offers to try again.
   */
  | { ok: true; order: Order; paymentId: number | null; repeated: boolean }
  | { ok: false; reason: 'empty' }
  /** A line cannot be bought as it stands: the cart says why. */
  | { ok: false; reason: 'blocked' }
  | { ok: false; reason: 'not-delivered'; why: 'nowhere' | 'too-heavy' }
  /** The chosen way of delivery does not serve this address or these goods. */
  | { ok: false; reason: 'other-method' }
  | { ok: false; reason: 'total-changed' }
  /** Too little for the chosen way of paying; `least` is the smallest sum it takes. */
  | { ok: false; reason: 'below-minimum'; least: Money }
  /** This discount was counted on and cannot be had (any more): the total is another one now. */
  | { ok: false; reason: 'discount-gone'; discountId: number }
  | { ok: false; reason: 'sold-out'; variantId: number }
  /** Another order of this cart waits for its money; it must be closed at the provider before a new one opens. */
  | { ok: false; reason: 'other-order'; order: Order };

/**
 * Step B of a purchase: under the cart's lock, quotes again, holds the stock, claims the discounts, opens the order and
 * its first payment; all or nothing. An order that costs nothing is placed at once, without a payment. Locks cart →
 * order → stock rows by variant id → discounts. No provider is called here.
 */
export async function prepareOrder(db: Db, input: PlaceInput): Promise<PrepareResult> {
  const { form, locale, currency, expected, now } = input;
  return await inTransaction<PrepareResult>(db, async tx => {
    const cart = await findCart(tx, { token: input.token });
    if (!cart) return { ok: false, reason: 'empty' };
    const { state } = await lockCart(tx, { cartId: cart.id });
    const lines = await listLines(tx, { cartId: cart.id, locale, currency });
    if (state === 'closed' || lines.length === 0) return { ok: false, reason: 'empty' };

    const buyer = await findBuyer(tx, { email: form.email, userId: input.userId });
    const destination = addressDestination(form);
    const offer = await findDelivery(tx, { destination, currency, pieces: piecesOf(lines), now });
    const pricing = await findPricing(tx, { cartId: cart.id, ...destination, buyer, now });
    const { option, quote: quoted } = chooseDelivery(offer, {
      wanted: form.shippingMethod || cart.shippingMethod,
      price: delivery => quoteLines({ currency, lines, delivery, pricing, now }),
    });
    const variantIds = lines.flatMap(({ variantId }) => (variantId === null ? [] : [variantId]));
    const shippingMethod = option?.code ?? '';
    const agreed = fingerprint({ form: { ...form, shippingMethod }, locale, quote: quoted, variantIds });

    const living = await lockLiveOrder(tx, { cartId: cart.id });
    if (living && living.fingerprint === agreed) {
      const payments = await listPayments(tx, { orderId: living.id });
      const active = payments.find(payment => isActive(payment.state));
      // Nothing is left to open where the money is on its way, or is being taken.
      const open = active?.state === 'opened' && !active.confirmingAt ? active.id : null;
      return { ok: true, order: living, paymentId: open, repeated: true };
    }
    if (living) return { ok: false, reason: 'other-order', order: living };
    // Ordered before signing in, in a cart that is a part of this one now: never two orders of the same goods to be paid.
    for (const cartId of await listMergedCarts(tx, { cartId: cart.id })) {
      const earlier = await findOrderOfCart(tx, { cartId });
      if (earlier?.state === 'pending') return { ok: false, reason: 'other-order', order: earlier };
    }

    if (lines.some(line => line.problem !== null)) return { ok: false, reason: 'blocked' };
    if (!offer.ok || !option)
      return { ok: false, reason: 'not-delivered', why: offer.ok ? 'nowhere' : offer.reason };
    if (form.shippingMethod && form.shippingMethod !== option.code)
      return { ok: false, reason: 'other-method' };
    if (!equals(quoted.total, expected)) {
      const lost = lostCode(quoted);
      if (lost !== null) return { ok: false, reason: 'discount-gone', discountId: lost };
      return { ok: false, reason: 'total-changed' };
    }
    const least = minimumCharge(form, currency);
    if (quoted.total.amount > 0 && quoted.total.amount < least.amount)
      return { ok: false, reason: 'below-minimum', least };

    const order = await openOrder(tx, {
      actor: 'buyer',
      now,
      draft: {
        cartId: cart.id,
        userId: input.userId,
        locale,
        currency,
        fingerprint: agreed,
        contact: { email: form.email, name: form.name, phone: form.phone },
        address: form,
        lines: lines.map((line, index) => {
          const variant = line.variant!; // no problem, so it is there
          const { quantity, unit, discountShare, total, tax, weightGrams, bundle } = quoted.lines[index]!;
          return {
            variantId: variant.variantId,
            sku: variant.sku,
            name: variant.name,
            variantName: variant.variantName,
            imageId: variant.picture?.id ?? null,
            quantity,
            unitAmount: unit.amount,
            discountShare: discountShare.amount,
            total: total.amount,
            taxRate: tax.rateBp,
            taxAmount: tax.amount.amount,
            taxAdded: tax.added,
            weightGrams,
            bundleId: bundle?.id ?? null,
            bundleName: bundle?.name ?? null,
          };
        }),
        totals: {
          lines: quoted.linesTotal.amount,
          discount: quoted.discountTotal.amount,
          shipping: quoted.shippingTotal.amount,
          shippingTax: quoted.shippingTax.amount.amount,
          tax: quoted.taxTotal.amount,
          taxContained: quoted.taxContained.amount,
          total: quoted.total.amount,
        },
        explanation: explanationOf(quoted),
        delivery: {
          method: option.code,
          methodName: localize(option.name, locale).text,
          from: option.from,
          to: option.to,
        },
      },
    });
    const held = await reserve(tx, {
      orderId: order.id,
      cartId: cart.id,
      lines: piecesByVariant(lines),
      expiresAt: order.expiresAt,
      actor: 'buyer',
      cause: `order ${order.number}`,
      now,
    });
    if (!held.ok) refuse(held satisfies PrepareResult);
    const claimed = await claimDiscounts(tx, {
      discountIds: appliedIds(quoted),
      cartId: cart.id,
      orderId: order.id,
      customer: buyer.customer,
      now,
    });
    if (!claimed.ok) refuse(claimed satisfies PrepareResult);
    if (quoted.total.amount === 0) {
      await placeOrder(tx, order, { actor: 'buyer', cause: 'nothing to pay', now });
      await closeCart(tx, { cartId: cart.id });
      return { ok: true, order, paymentId: null, repeated: false };
    }
    const payment = await openPayment(tx, {
      orderId: order.id,
      provider: form.provider,
      method: form.method,
      live: input.live,
      amount: quoted.total,
      expiresAt: order.expiresAt,
      actor: 'buyer',
      cause: 'checkout',
      now,
    });
    return { ok: true, order, paymentId: payment.id, repeated: false };
  });
}

/** What is held: a variant that is bought alone and in a set is held once, for both. */
function piecesByVariant(lines: readonly CartLine[]): { variantId: number; quantity: number }[] {
  const pieces = new Map<number, number>();
  for (const { variantId, quantity } of lines)
    if (variantId !== null) pieces.set(variantId, (pieces.get(variantId) ?? 0) + quantity);
  return [...pieces].map(([variantId, quantity]) => ({ variantId, quantity }));
}
