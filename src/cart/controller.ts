import type { RequestHandler } from 'express';
import type { Db } from '../platform/db.js';
import { NotFound } from '../lib/errors.js';
import {
  errorTexts,
  readId,
  type Answer,
  type Cookies,
  type FieldError,
  type Fragment,
  type RateLimit,
} from '../web/index.js';
import { localePath } from '../web/index.js';
import { addToCart, changeQuantity, chooseMethod, clearCart } from './actions.js';
import { setHandlers, type SetHandlers } from './controller/sets.js';
import { addCode, MAX_CODES, removeCode } from './actions/codes.js';
import { keepCart } from './holder.js';
import { readAddition, readChange, readDelivery, typedCode } from './forms.js';
import { loadCartView } from './views.js';

export interface CartDeps {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  /** Wrong discount codes, by cart and by where they come from. */
  codeLimit: RateLimit;
  now: () => Date;
}
type Action = 'show' | 'add' | 'change' | 'remove' | 'clear' | 'deliver' | 'addDiscount' | 'removeDiscount';
type Handlers = Record<Action, RequestHandler<{ id: string }>> & SetHandlers;
type Req = Parameters<RequestHandler>[0];
type Res = Parameters<RequestHandler>[1];

export function cartHandlers({ db, answer, cookies, codeLimit, now }: CartDeps): Handlers {
  const tokenOf = (res: Res) => res.locals.cart.token;
  const shopper = (res: Res) => {
    const { locale, currency, destination, cart } = res.locals;
    return { ...cart, locale, currency, destination };
  };
  const view = (res: Res, token = tokenOf(res)) => loadCartView(db, { ...shopper(res), token, now: now() });

  /** The cart page; with errors it comes back as 422 and says what to mend. */
  const page = async (req: Req, res: Res, errors: readonly FieldError[] = [], code = '') => {
    const { t } = res.locals;
    const cart = await view(res);
    answer.page(req, res, {
      view: 'cart/show',
      fragment: 'cart/_cart-panel',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t('cart.title'), path: '/cart', noindex: true },
      data: {
        cart,
        code,
        isMember: res.locals.viewer !== undefined,
        errors: errorTexts(t, errors),
      },
    });
  };

  /** What a change of the cart sends anew: the panel it came from and the badge in the header. */
  const fragments = (res: Res) => async (): Promise<Fragment[]> => {
    const cart = await view(res);
    return [
      {
        id: 'cart-panel',
        view: 'cart/_cart-panel',
        data: { cart, code: '', errors: [], isMember: res.locals.viewer !== undefined },
      },
      { id: 'cart-badge', view: 'shared/_cart-badge', data: { count: cart.pieces } },
    ];
  };
  const badge = (res: Res, token: string) => async (): Promise<Fragment[]> => {
    const { pieces } = await view(res, token);
    return [{ id: 'cart-badge', view: 'shared/_cart-badge', data: { count: pieces } }];
  };
  const toCart = (res: Res) => localePath(res.locals.locale, '/cart');

  return {
    ...setHandlers({ db, answer, cookies, now, shopper, page, fragments, badge, toCart }),

    show: (req, res) => page(req, res),

    async add(req, res) {
      const read = readAddition(req.body);
      if (!read.ok) return await page(req, res, read.errors);
      const added = await addToCart(db, { ...shopper(res), ...read.value, now: now() });
      if (!added.ok && added.reason === 'unknown') throw new NotFound();
      if (!added.ok) {
        const values = { name: added.name, currency: res.locals.currency };
        return await page(req, res, [{ field: 'cart-panel', key: `cart.refused.${added.reason}`, values }]);
      }
      keepCart(cookies, res, added.token);
      const key = added.cut ? 'cart.flash.cut' : 'cart.flash.added';
      await answer.changed(req, res, {
        to: toCart(res),
        flash: {
          kind: added.cut ? 'problem' : 'done',
          key,
          values: { name: added.name, count: added.quantity },
        },
        fragments: badge(res, added.token),
      });
    },

    async change(req, res) {
      const lineId = readId(req.params.id);
      if (lineId === null) throw new NotFound();
      const read = readChange(req.body);
      if (!read.ok)
        return await page(
          req,
          res,
          read.errors.map(error => ({ ...error, field: `quantity-line-${lineId}` })),
        );
      const changed = await changeQuantity(db, { ...shopper(res), lineId, ...read.value });
      if (!changed.ok) throw new NotFound();
      const key = changed.removed ? 'cart.flash.removed' : 'cart.flash.changed';
      await answer.changed(req, res, {
        to: toCart(res),
        flash: { kind: 'done', key },
        fragments: fragments(res),
      });
    },

    async remove(req, res) {
      const lineId = readId(req.params.id);
      if (lineId === null) throw new NotFound();
      // Removing what is gone already is what was wanted.
      await changeQuantity(db, { ...shopper(res), lineId, quantity: 0 });
      await answer.changed(req, res, {
        to: toCart(res),
        flash: { kind: 'done', key: 'cart.flash.removed' },
        fragments: fragments(res),
      });
    },

    async deliver(req, res) {
      const { delivery } = await view(res);
      const read = readDelivery(req.body, delivery?.options.map(({ code }) => code) ?? []);
      if (!read.ok) return await page(req, res, read.errors);
      await chooseMethod(db, { token: tokenOf(res), ...read.value });
      await answer.changed(req, res, {
        to: toCart(res),
        flash: { kind: 'done', key: 'cart.flash.delivery' },
        fragments: fragments(res),
      });
    },

    async clear(req, res) {
      await clearCart(db, { token: tokenOf(res) });
      await answer.changed(req, res, {
        to: toCart(res),
        flash: { kind: 'done', key: 'cart.flash.cleared' },
        fragments: fragments(res),
      });
    },

    /** A wrong code counts as a try; a right one is given back, so that nobody is kept from using theirs. */
    async addDiscount(req, res) {
      const typed = typedCode(req.body);
      const wrong = (reason: string) =>
        page(
          req,
          res,
          [{ field: 'code', key: `cart.code.error.${reason}`, values: { max: MAX_CODES } }],
          typed,
        );
      if (typed.trim() === '') return await wrong('missing');
      const token = tokenOf(res);
      const tries = [`ip:${req.ip}`, ...(token ? [`cart:${token}`] : [])];
      await codeLimit.count(...tries);
      const added = await addCode(db, { token, typed, now: now() });
      if (!added.ok && added.reason === 'unknown') return await wrong('unknown');
      await codeLimit.giveBack(...tries);
      if (!added.ok) return await wrong(added.reason);
      const { discounts } = await view(res);
      const applies = discounts.some(({ id, off }) => id === added.discountId && off !== null);
      await answer.changed(req, res, {
        to: `${toCart(res)}#discounts`,
        flash: applies
          ? { kind: 'done', key: 'cart.code.applied' }
          : { kind: 'problem', key: 'cart.code.kept' },
        fragments: fragments(res),
      });
    },

    async removeDiscount(req, res) {
      await removeCode(db, { token: tokenOf(res), typed: typedCode(req.body) });
      await answer.changed(req, res, {
        to: toCart(res),
        flash: { kind: 'done', key: 'cart.code.removed' },
        fragments: fragments(res),
      });
    },
  };
}
