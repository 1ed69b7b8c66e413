import type { RequestHandler } from 'express';
import { listBundlesById } from '../bundles/index.js';
import { keepCart, putAgain, type Wish } from '../cart/index.js';
import { NotFound } from '../lib/errors.js';
import { readOrderNumber } from '../lib/ids.js';
import { shorten } from '../lib/text.js';
import { findOrderForViewer, listOrderLines, viewerOf, type OrderLine } from '../orders/index.js';
import { localePath, type Flash } from '../web/index.js';
import type { CheckoutDeps } from './controller.js';

/** A message is carried in a cookie: long lists are cut. */
const NAMES_LENGTH = 300;

/** "Order the same again": what can still be had goes into the cart. */
export function reorderHandler({ db, answer, cookies, now }: CheckoutDeps): RequestHandler {
  return async (req, res) => {
    const { locale, currency } = res.locals;
    const number = readOrderNumber(String(req.params.number));
    const order = number && (await findOrderForViewer(db, { number, viewer: viewerOf(req) }));
    if (!order) throw new NotFound();
    const lines = await listOrderLines(db, { orderId: order.id });
    const ids = [...new Set(lines.flatMap(({ bundleId }) => bundleId ?? []))];
    const partsOf = new Map(
      (await listBundlesById(db, { ids, locale, currency })).map(({ bundleId, parts }) => [bundleId, parts]),
    );
    const wishes = wishesOf(lines, (bundleId, variantId) => {
      const part = partsOf.get(bundleId)?.find(({ variant }) => variant.variantId === variantId);
      return part?.quantity ?? null;
    });
    const again = await putAgain(db, { ...res.locals.cart, locale, currency, wishes, now: now() });
    if (again.token) keepCart(cookies, res, again.token);
    const names = shorten(new Intl.ListFormat(locale).format(again.missed), NAMES_LENGTH);
    const flash: Flash =
      again.missed.length === 0
        ? { kind: 'done', key: 'checkout.reorder.all' }
        : again.taken > 0
          ? { kind: 'problem', key: 'checkout.reorder.some', values: { names } }
          : { kind: 'problem', key: 'checkout.reorder.none' };
    answer.redirect(req, res, localePath(locale, '/cart'), flash);
  };
}

/**
 * What an order's lines were: variants, and sets by how many their parts make.
 * @param inOneSet pieces of a variant in one set as it is sold today; null when it is no part of it any more.
 */
export function wishesOf(
  lines: readonly Pick<OrderLine, 'variantId' | 'quantity' | 'name' | 'bundleId' | 'bundleName'>[],
  inOneSet: (bundleId: number, variantId: number) => number | null,
): Wish[] {
  const sets = new Map<number, Wish>();
  const singles: Wish[] = [];
  for (const { variantId, quantity, name, bundleId, bundleName } of lines) {
    if (bundleId === null) {
      singles.push({ variantId, quantity, name });
      continue;
    }
    const pieces = variantId === null ? null : inOneSet(bundleId, variantId);
    const count = Math.max(1, pieces === null ? 1 : Math.floor(quantity / pieces));
    const known = sets.get(bundleId)?.quantity ?? 0;
    sets.set(bundleId, { bundleId, quantity: Math.max(known, count), name: bundleName ?? name });
  }
  return [...singles, ...sets.values()];
}
