import type { RequestHandler } from 'express';
import { findClosedCart, loadCartView, type Buyer } from '../cart/index.js';
import { listVariants } from '../catalog/index.js';
import { addressDestination, destinationOf, packDestination } from '../lib/destination.js';
import { formatMoney } from '../lib/money.js';
import { findOrderOfCart, rememberOrder, type Order } from '../orders/index.js';
import { choicesFor } from '../payments/index.js';
import {
  isCountryCode,
  localePath,
  type Answer,
  type Cookies,
  type FieldError,
  type Flash,
  type RateLimit,
} from '../web/index.js';
import type { PayDeps } from './actions/pay.js';
import { place } from './actions/place.js';
import { readCheckout, typedCheckout, type Typed } from './forms.js';
import { availableProviders } from './gateways.js';
import { goneError, isOfAddress, isUndelivered, undelivered } from './errors.js';
import { checkoutView } from './views.js';
import { findBuyer } from './buyer.js';
import {
  ANOTHER,
  findMember,
  keepAddress,
  pickAddress,
  prefill,
  withContact,
  type Member,
} from './member.js';

export interface CheckoutDeps extends PayDeps {
  answer: Answer;
  cookies: Cookies;
  /** Orders an address can place in a while. */
  placeLimit: RateLimit;
  now: () => Date;
}
type Handlers = Record<'show' | 'changeCountry' | 'place', RequestHandler>;
type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

export function checkoutHandlers(deps: CheckoutDeps): Handlers {
  const { db, gateways, answer, cookies, placeLimit, now } = deps;

  const page = async (
    req: Req,
    res: Res,
    shown: {
      typed: Typed;
      country: string;
      member: Member | null;
      errors?: readonly FieldError[];
      /** Only after a counted try: what a code says depends on who asks. */
      buyer?: Buyer;
      /** A discount that was counted on and cannot be had: the page says which, and why. */
      gone?: number;
    },
  ) => {
    const { locale, currency, t } = res.locals;
    const { country, member, buyer = null, gone } = shown;
    // A saved address that checkout would not take is shown as fields, where it can be mended.
    const typed = shown.errors?.some(isOfAddress) ? { ...shown.typed, address: ANOTHER } : shown.typed;
    const { token } = res.locals.cart;
    const destination = addressDestination(addressOf(country, typed));
    const cart = await loadCartView(db, {
      token,
      locale,
      currency,
      destination,
      method: typed.shipping_method,
      buyer,
      now: now(),
    });
    if (cart.lines.length === 0 || cart.blocked) {
      const flash = cart.blocked ? { kind: 'problem' as const, key: 'checkout.flash.blocked' } : undefined;
      return answer.redirect(req, res, localePath(locale, '/cart'), flash);
    }
    const choices = choicesFor(availableProviders(gateways), currency, country);
    const errors = [
      ...(shown.errors ?? []),
      ...(gone === undefined ? [] : [goneError(t, cart.discounts, gone)]),
    ];
    const problems = cart.undelivered
      ? [...errors.filter(error => !isUndelivered(error)), undelivered(cart.undelivered, shown)]
      : errors;
    answer.page(req, res, {
      view: 'checkout/show',
      fragment: 'checkout/_checkout-form',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('checkout.title'), path: '/checkout', noindex: true },
      data: {
        checkout: checkoutView({ t, locale, typed, errors: problems, country, choices, cart, member }),
      },
    });
  };

  const toOrder = (res: Res, order: Order) => localePath(res.locals.locale, `/orders/${order.number}`);

  return {
    /** What the shopper has said of the destination before is filled in already; a member's own address comes first. */
    async show(req, res) {
      const { country, region, postalCode } = res.locals.destination;
      const member = await findMember(db, res.locals.viewer);
      const before = { ...typedCheckout({}), region, postal_code: postalCode };
      const picked = pickAddress(prefill(before, member), member);
      return await page(req, res, { typed: picked.typed, country: picked.country ?? country, member });
    },

    /** The same form for another address, country, postcode or delivery: only where deliveries are estimated to is remembered. */
    async changeCountry(req, res) {
      const member = await findMember(db, res.locals.viewer);
      const picked = pickAddress(typedCheckout(req.body), member);
      const typed = picked.isSaved ? picked.typed : withContact(picked.typed, member);
      const { country: said } = typed;
      const country = picked.country ?? (isCountryCode(said) ? said : res.locals.country);
      cookies.write(res, 'country', packDestination(destinationOf(country, addressOf(country, typed))));
      await page(req, res, { typed, country, member, errors: picked.errors });
    },

    async place(req, res) {
      const { locale, currency } = res.locals;
      const member = await findMember(db, res.locals.viewer);
      const picked = pickAddress(typedCheckout(req.body), member);
      const { typed } = picked;
      const country = isCountryCode(typed.country) ? typed.country : res.locals.country;
      const choices = choicesFor(availableProviders(gateways), currency, country);
      const again = (errors: FieldError[]) => page(req, res, { typed, country, member, errors });
      if (picked.errors.length > 0) return await again(picked.errors);

      const read = readCheckout(typed, { country, choices });
      // The country was changed without asking for its form: what was typed stays, the rest is asked for now.
      if (typed.form_country && typed.form_country !== country) {
        cookies.write(res, 'country', country);
        return await again([
          { field: 'country', key: 'checkout.error.country_changed' },
          ...(read.ok ? [] : read.errors),
        ]);
      }
      if (!read.ok) return await again(read.errors);
      await placeLimit.count(`ip:${req.ip}`);
      const looked = async (errors: FieldError[], gone?: number) =>
        await page(req, res, {
          typed,
          country,
          member,
          errors,
          buyer: await findBuyer(db, { ...read.value, userId: res.locals.cart.userId }),
          ...(gone === undefined ? {} : { gone }),
        });

      const live = gateways[read.value.provider]?.live ?? false;
      const input = {
        ...res.locals.cart,
        form: read.value,
        locale,
        currency,
        expected: read.expected,
        live,
        now: now(),
      };
      const placed = await place(deps, input);
      if (placed.ok) {
        if (member && !picked.isSaved && typed.save === 'yes')
          await keepAddress(db, member, read.value, now());
        await rememberOrder(req, placed.order.id);
        cookies.write(res, 'country', packDestination(destinationOf(country, read.value)));
        const key =
          placed.problem === 'too-small' ? 'checkout.flash.too_small' : 'checkout.flash.unavailable';
        const flash: Flash | undefined = placed.problem ? { kind: 'problem', key } : undefined;
        return answer.redirect(req, res, placed.redirectUrl ?? toOrder(res, placed.order), flash);
      }
      switch (placed.reason) {
        case 'empty': {
          // Pay pressed again after the money had arrived: the cart has become this order.
          const closed = await findClosedCart(db, {
            token: cookies.readSigned(req, 'cart') ?? null,
            userId: res.locals.cart.userId,
          });
          const order = closed && (await findOrderOfCart(db, { cartId: closed.id }));
          // Two clicks on an order that costs nothing: the second came before the first had told this browser.
          const clickedTwice = order?.total === 0 && order.email === read.value.email;
          if (order && clickedTwice) await rememberOrder(req, order.id);
          if (order && req.session.orders?.includes(order.id))
            return answer.redirect(req, res, toOrder(res, order));
          return answer.redirect(req, res, localePath(locale, '/cart'));
        }
        case 'blocked':
          return answer.redirect(req, res, localePath(locale, '/cart'), {
            kind: 'problem',
            key: 'checkout.flash.blocked',
          });
        case 'not-delivered':
          return await looked([undelivered(placed.why, { country, typed })]);
        case 'other-method':
          return await looked([{ field: 'shipping_method', key: 'checkout.error.shipping_method' }]);
        case 'total-changed':
          return await looked([{ field: 'summary', key: 'checkout.error.total' }]);
        case 'discount-gone':
          return await looked([], placed.discountId);
        case 'below-minimum': {
          const values = { amount: formatMoney(placed.least, locale) };
          return await looked([{ field: 'payment_method', key: 'checkout.error.minimum', values }]);
        }
        case 'sold-out': {
          const [variant] = await listVariants(db, { ids: [placed.variantId], locale, currency });
          const values = { name: variant?.name ?? '' };
          return answer.redirect(req, res, localePath(locale, '/cart'), {
            kind: 'problem',
            key: 'checkout.flash.sold_out',
            values,
          });
        }
        case 'earlier-order':
          await rememberOrder(req, placed.order.id);
          return answer.redirect(req, res, toOrder(res, placed.order), {
            kind: 'problem',
            key: 'checkout.flash.earlier',
          });
      }
    },
  };
}

const addressOf = (country: string, { region, postal_code }: Typed) => ({
  country,
  region,
  postalCode: postal_code,
});
