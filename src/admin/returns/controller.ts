import type { Request, RequestHandler, Response } from 'express';
import { NotFound } from '../../lib/errors.js';
import { money, parseAmount, toDecimal } from '../../lib/money.js';
import { findPrivatePicture } from '../../media/index.js';
import { listRefundLines, refundPreview, type Order } from '../../orders/index.js';
import {
  acceptReturn,
  closeReturn,
  findReturn,
  findReturnPhoto,
  listReturns,
  OPEN_STATES,
  proposedShipping,
  receiveReturn,
  refuseReturn,
  sendPhoto,
  type Return,
} from '../../returns/index.js';
import { errorTexts, readId, typedFields, type FieldError, type Flash } from '../../web/index.js';
import type { AdminDeps } from '../deps.js';
import { getDeskOrder } from '../orders/queries/detail.js';
import { changeOrder } from '../orders/write.js';
import { may } from '../rules.js';
import { deskReturnView, listedReturnView } from './views.js';

type Handlers = Record<'list' | 'show' | 'photo' | 'accept' | 'refuse' | 'close' | 'receive', RequestHandler>;
type Refused = { ok: false; reason: string };

const PAGE_SIZE = 50;

/** Returns at the desk: the queue, and one with its photographs and what can be decided. */
export function returnHandlers({ db, answer, now }: AdminDeps): Handlers {
  /** @throws NotFound when the order has no such return. */
  const load = async (req: Request): Promise<{ order: Order; found: Return; path: string }> => {
    const order = await getDeskOrder(db, { number: req.params.number });
    const text = String(req.params.return);
    const found = /^\d{1,6}$/.test(text)
      ? await findReturn(db, { orderId: order.id, number: Number(text) })
      : null;
    if (!found) throw new NotFound();
    return { order, found, path: `/admin/orders/${order.number}/returns/${found.number}` };
  };

  const page = async (
    req: Request,
    res: Response,
    { order, found, path }: Awaited<ReturnType<typeof load>>,
    back: { typed: Record<string, string>; errors: readonly FieldError[] } | null = null,
  ) => {
    const { t, locale, staff } = res.locals;
    const lines = await listRefundLines(db, { orderId: order.id });
    const { shippingLeft, leftSplit } = await refundPreview(db, {
      order,
      choice: { lines: [], shippingAmount: 0 },
    });
    const proposed = toDecimal(money(proposedShipping(found, lines, shippingLeft), order.currency));
    const errors = errorTexts(t, back?.errors ?? []);
    answer.page(req, res, {
      view: 'admin/returns/show',
      status: back ? 422 : 200,
      head: { title: t('admin.returns.of', { name: `${order.number}-${found.number}` }), noindex: true },
      data: {
        back: deskReturnView({
          order,
          found,
          path,
          locale,
          shippingLeft: money(shippingLeft, order.currency),
          byHand:
            leftSplit.before > 0
              ? {
                  before: money(leftSplit.before, order.currency),
                  amount: money(leftSplit.amount, order.currency),
                }
              : null,
          delivery: back?.typed.delivery ?? proposed,
          words: back?.typed.words ?? '',
          mayDecide: may(staff!.role, 'returns.decide'),
          mayRefund: may(staff!.role, 'orders.refund'),
        }),
        errors,
      },
    });
  };

  const done = (req: Request, res: Response, path: string, key: string, result: { ok: true } | Refused) => {
    const flash: Flash = result.ok
      ? { kind: 'done', key: `admin.returns.done.${key}` }
      : { kind: 'problem', key: `admin.order.refused.${result.reason}` };
    answer.redirect(req, res, path, flash);
  };

  return {
    async list(req, res) {
      const { t, locale } = res.locals;
      const { state, after } = typedFields(req.query, ['state', 'after']);
      const chosen = OPEN_STATES.find(each => each === state) ?? null;
      const found = await listReturns(db, {
        states: chosen ? [chosen] : OPEN_STATES,
        after: readId(after) ?? 0,
        limit: PAGE_SIZE + 1,
      });
      const shown = found.slice(0, PAGE_SIZE);
      answer.page(req, res, {
        view: 'admin/returns/list',
        head: { title: t('admin.returns.title'), noindex: true },
        data: {
          returns: shown.map(each => listedReturnView(each, locale)),
          states: OPEN_STATES,
          chosen,
          next:
            found.length > PAGE_SIZE
              ? `/admin/returns?${new URLSearchParams({ ...(chosen ? { state: chosen } : {}), after: String(shown.at(-1)!.id) }).toString()}`
              : null,
        },
      });
    },

    async show(req, res) {
      await page(req, res, await load(req));
    },

    async photo(req, res) {
      const { found } = await load(req);
      const position = /^[1-9]$/.test(String(req.params.photo)) ? Number(req.params.photo) : 0;
      const imageId = await findReturnPhoto(db, { returnId: found.id, position });
      const picture = imageId && (await findPrivatePicture(db, { imageId }));
      if (!picture) throw new NotFound();
      sendPhoto(res, picture.body);
    },

    async accept(req, res) {
      const { order, found, path } = await load(req);
      const change = { order, action: 'return.accept', detail: { return: found.number }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        acceptReturn(tx, { ...because, returnId: found.id }),
      );
      done(req, res, path, 'accept', result);
    },

    async refuse(req, res) {
      const loaded = await load(req);
      const { order, found, path } = loaded;
      const typed = typedFields(req.body, ['words']);
      const words = typed.words.replaceAll('\0', '');
      const change = { order, action: 'return.refuse', detail: { return: found.number, words }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        refuseReturn(tx, { ...because, returnId: found.id, words }),
      );
      if (!result.ok && result.reason === 'words')
        return await page(req, res, loaded, {
          typed,
          errors: [{ field: 'words', key: 'admin.returns.error.words' }],
        });
      done(req, res, path, 'refuse', result);
    },

    async close(req, res) {
      const { order, found, path } = await load(req);
      const change = { order, action: 'return.close', detail: { return: found.number }, now: now() };
      const result = await changeOrder(db, res, change, (tx, because) =>
        closeReturn(tx, { ...because, returnId: found.id }),
      );
      done(req, res, path, 'close', result);
    },

    async receive(req, res) {
      const loaded = await load(req);
      const { order, found, path } = loaded;
      const typed = typedFields(req.body, [
        'delivery',
        ...found.lines.map(({ orderLineId }) => `restock_${orderLineId}`),
      ]);
      const text = typed.delivery!.normalize('NFKC').replace(/[\s,]/g, '');
      const delivery = text === '' ? { amount: 0 } : parseAmount(text, order.currency);
      const wrong = { typed, errors: [{ field: 'delivery', key: 'admin.refund.error.delivery' }] };
      if (!delivery) return await page(req, res, loaded, wrong);
      const restock = found.lines.filter(({ orderLineId }) => typed[`restock_${orderLineId}`] === 'yes');
      const shippingAmount = delivery.amount;
      const detail = {
        return: found.number,
        shippingAmount,
        restock: restock.map(({ orderLineId }) => orderLineId),
      };
      const result = await changeOrder(
        db,
        res,
        { order, action: 'return.receive', detail, now: now() },
        (tx, because) => receiveReturn(tx, { ...because, returnId: found.id, restock, shippingAmount }),
      );
      if (!result.ok && result.reason === 'delivery') return await page(req, res, loaded, wrong);
      done(
        req,
        res,
        path,
        result.ok && !result.refund && !result.repeated ? 'receiveOnly' : 'receive',
        result,
      );
    },
  };
}
