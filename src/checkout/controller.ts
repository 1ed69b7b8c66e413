import type { RequestHandler } from 'express';
import { findClosedCart, loadCartView } from '../cart/index.js';
import { listVariants } from '../catalog/index.js';
import { findOrderOfCart, rememberOrder, type Order } from '../orders/index.js';
import { providersFor } from '../payments/index.js';
import {
  isCountryCode,
  localePath,
  type Answer,
  type Cookies,
  type FieldError,
  type RateLimit,
} from '../web/index.js';
import type { PayDeps } from './actions/pay.js';
import { place } from './actions/place.js';
import { readCheckout, typedCheckout, type Typed } from './forms.js';
import { availableProviders } from './gateways.js';
import { checkoutView } from './views.js';

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
    shown: { typed: Typed; country: string; errors?: readonly FieldError[] },
  ) => {
    const { locale, currency, t } = res.locals;
    const { typed, country, errors = [] } = shown;
    const token = cookies.readSigned(req, 'cart') ?? null;
    const cart = await loadCartView(db, { token, locale, currency, country, now: now() });
    if (cart.lines.length === 0 || cart.blocked) {
      const flash = cart.blocked ? { kind: 'problem' as const, key: 'checkout.flash.blocked' } : undefined;
      return answer.redirect(req, res, localePath(locale, '/cart'), flash);
    }
    const providers = providersFor(availableProviders(gateways), currency, country);
    const problems = cart.delivery
      ? errors
      : [...errors, { field: 'country', key: 'checkout.error.country' }];
    answer.page(req, res, {
      view: 'checkout/show',
      fragment: 'checkout/_checkout-form',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('checkout.title'), path: '/checkout', noindex: true },
      data: { checkout: checkoutView({ t, typed, errors: problems, country, providers, cart }) },
    });
  };

  const toOrder = (res: Res, order: Order) => localePath(res.locals.locale, `/orders/${order.number}`);

  return {
    show: (req, res) => page(req, res, { typed: typedCheckout({}), country: res.locals.country }),

    /** The same form for another country: nothing is saved but where deliveries are estimated to. */
    async changeCountry(req, res) {
      const typed = typedCheckout(req.body);
      const country = isCountryCode(typed.country) ? typed.country : res.locals.country;
      if (country !== res.locals.country) cookies.write(res, 'country', country);
      await page(req, res, { typed, country });
    },

    async place(req, res) {
      const { locale, currency } = res.locals;
      const typed = typedCheckout(req.body);
      const country = isCountryCode(typed.country) ? typed.country : res.locals.country;
      const providers = providersFor(availableProviders(gateways), currency, country);
      const again = (errors: FieldError[]) => page(req, res, { typed, country, errors });

      const read = readCheckout(typed, { country, providers });
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

      const token = cookies.readSigned(req, 'cart') ?? null;
      const live = gateways[read.value.provider]!.live;
      const input = { token, form: read.value, locale, currency, expected: read.expected, live, now: now() };
      const placed = await place(deps, input);
      if (placed.ok) {
        rememberOrder(req, placed.order.id);
        cookies.write(res, 'country', country);
        const problem = placed.tooSmall ? 'checkout.flash.too_small' : 'checkout.flash.unavailable';
        const flash = placed.redirectUrl ? undefined : ({ kind: 'problem', key: problem } as const);
        return answer.redirect(req, res, placed.redirectUrl ?? toOrder(res, placed.order), flash);
      }
      switch (placed.reason) {
        case 'empty': {
          // Pay pressed again after the money had arrived: the cart has become this order.
          const closed = await findClosedCart(db, { token });
          const order = closed && (await findOrderOfCart(db, { cartId: closed.id }));
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
          return await again([{ field: 'country', key: 'checkout.error.country' }]);
        case 'total-changed':
          return await again([{ field: 'summary', key: 'checkout.error.total' }]);
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
          rememberOrder(req, placed.order.id);
          return answer.redirect(req, res, toOrder(res, placed.order), {
            kind: 'problem',
            key: 'checkout.flash.earlier',
          });
      }
    },
  };
}
