import type { Request, RequestHandler, Response } from 'express';
import { NotFound } from '../../lib/errors.js';
import { readId, type Answer, type Cookies, type FieldError, type Fragment } from '../../web/index.js';
import type { Db } from '../../platform/db.js';
import type { Shopper } from '../actions.js';
import { addSet, changeSets } from '../actions/sets.js';
import { keepCart } from '../holder.js';
import { readChange, readSetAddition } from '../forms.js';

/** What the cart's other handlers share with these. */
export interface CartPage {
  db: Db;
  answer: Answer;
  cookies: Cookies;
  now: () => Date;
  shopper(res: Response): Shopper;
  /** The cart page; with errors as 422. */
  page(req: Request, res: Response, errors: readonly FieldError[]): Promise<void>;
  /** What a change sends anew to htmx. */
  fragments(res: Response): () => Promise<Fragment[]>;
  /** The badge alone, for a control on another page. */
  badge(res: Response, token: string): () => Promise<Fragment[]>;
  toCart(res: Response): string;
}

export type SetHandlers = Record<'addSet' | 'changeSets' | 'removeSets', RequestHandler<{ id: string }>>;

/** Sets in the cart: adding, changing, removing. */
export function setHandlers(cart: CartPage): SetHandlers {
  const { db, answer, cookies, now, shopper, page, fragments, badge, toCart } = cart;
  return {
    async addSet(req, res) {
      const read = readSetAddition(req.body);
      if (!read.ok) return await page(req as Request, res, read.errors);
      const added = await addSet(db, { ...shopper(res), ...read.value, now: now() });
      if (!added.ok && added.reason === 'unknown') throw new NotFound();
      if (!added.ok) {
        const values = { name: added.name, currency: res.locals.currency };
        const error = { field: 'cart-panel', key: `cart.refused.${added.reason}`, values };
        return await page(req as Request, res, [error]);
      }
      keepCart(cookies, res, added.token);
      await answer.changed(req as Request, res, {
        to: toCart(res),
        flash: {
          kind: added.cut ? 'problem' : 'done',
          key: added.cut ? 'cart.flash.cut' : 'cart.flash.added',
          values: { name: added.name, count: added.quantity },
        },
        fragments: badge(res, added.token),
      });
    },

    async changeSets(req, res) {
      const lineId = readId(req.params.id);
      if (lineId === null) throw new NotFound();
      const read = readChange(req.body);
      if (!read.ok) {
        const errors = read.errors.map(error => ({ ...error, field: `quantity-set-${lineId}` }));
        return await page(req as Request, res, errors);
      }
      const changed = await changeSets(db, { ...shopper(res), lineId, ...read.value });
      if (!changed.ok) throw new NotFound();
      await answer.changed(req as Request, res, {
        to: toCart(res),
        flash: { kind: 'done', key: changed.removed ? 'cart.flash.removed' : 'cart.flash.changed' },
        fragments: fragments(res),
      });
    },

    async removeSets(req, res) {
      const lineId = readId(req.params.id);
      if (lineId === null) throw new NotFound();
      // Removing what is gone already is what was wanted.
      await changeSets(db, { ...shopper(res), lineId, quantity: 0 });
      await answer.changed(req as Request, res, {
        to: toCart(res),
        flash: { kind: 'done', key: 'cart.flash.removed' },
        fragments: fragments(res),
      });
    },
  };
}
