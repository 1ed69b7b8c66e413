import type { Request, RequestHandler, Response } from 'express';
import { correctStock, receiveStock, setLowThreshold } from '../../inventory/index.js';
import { NotFound } from '../../lib/errors.js';
import { newToken } from '../../lib/ids.js';
import { inTransaction } from '../../platform/db.js';
import { errorTexts, readId, type FieldError } from '../../web/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { may } from '../rules.js';
import {
  readCorrection,
  readReceipt,
  readStockQuery,
  readThreshold,
  typedCorrection,
  typedReceipt,
  typedThreshold,
  type Typed,
} from './forms.js';
import { countStock, findStockItem, listHeld, listLedger, listStock, type StockItem } from './queries.js';
import { stockListView, stockPageView } from './views.js';

const LEDGER_SIZE = 50;

/** A form that came back: which one, as typed, and what is wrong. */
interface Back {
  form: 'receipt' | 'correction' | 'threshold';
  typed: Typed;
  errors: readonly FieldError[];
  /** 409: somebody else changed it meanwhile. */
  status: 422 | 409;
}

/** What there is of each variant, why, and the forms that change it. */
export function stockHandlers({ db, answer, now }: AdminDeps) {
  const load = async (req: Request, res: Response): Promise<StockItem> => {
    const variantId = readId(req.params.variantId);
    const item = variantId && (await findStockItem(db, { variantId, locale: res.locals.locale }));
    if (!item) throw new NotFound();
    return item;
  };

  const page = async (req: Request, res: Response, item: StockItem, back: Back | null) => {
    const { t, locale, staff } = res.locals;
    const { variantId } = item;
    const before = readId(req.query.before);
    const [held, ledger] = await Promise.all([
      listHeld(db, { variantId }),
      listLedger(db, { variantId, before, limit: LEDGER_SIZE + 1 }),
    ]);
    const writable = staff !== undefined && may(staff.role, 'stock.write');
    answer.page(req, res, {
      view: 'admin/stock/show',
      status: back?.status ?? 200,
      head: { title: t('admin.stock.of', { sku: item.sku }), noindex: true },
      data: {
        stock: stockPageView({
          item,
          held,
          ledger,
          size: LEDGER_SIZE,
          before,
          writable,
          once: newToken(),
          locale,
        }),
        back: {
          form: back?.form ?? null,
          typed: back?.typed ?? {},
          errors: errorTexts(t, back?.errors ?? []),
        },
      },
    });
  };

  const done = (req: Request, res: Response, { variantId }: StockItem, key: string) =>
    answer.redirect(req, res, `/admin/stock/${variantId}`, { kind: 'done', key });

  return {
    async list(req, res) {
      const { t, locale } = res.locals;
      const query = readStockQuery(req.query);
      const [found, counts] = await Promise.all([
        listStock(db, { ...query, locale }),
        countStock(db, { text: query.text }),
      ]);
      answer.page(req, res, {
        view: 'admin/stock/list',
        head: { title: t('admin.stock.title'), noindex: true },
        data: { list: stockListView(query, found, counts) },
      });
    },

    async show(req, res) {
      await page(req, res, await load(req, res), null);
    },

    async receive(req, res) {
      const item = await load(req, res);
      const typed = typedReceipt(req.body);
      const read = readReceipt(typed);
      if (!read.ok)
        return await page(req, res, item, { form: 'receipt', typed, errors: read.errors, status: 422 });
      const { quantity, note, ...rest } = read.value;
      const { variantId } = item;
      const { actor, by } = actorOf(res);
      const at = now();
      await inTransaction(db, async tx => {
        const cause = note || 'goods came in';
        if (!(await receiveStock(tx, { variantId, quantity, actor, cause, now: at, ...rest }))) return;
        const change = {
          action: 'stock.receive',
          subject: `variant:${variantId}`,
          after: { quantity, note },
        };
        await recordStaffAction(tx, { by, ...change, now: at });
      });
      done(req, res, item, 'admin.stock.received');
    },

    async correct(req, res) {
      const item = await load(req, res);
      const typed = typedCorrection(req.body);
      const read = readCorrection(typed);
      const form = 'correction';
      if (!read.ok) return await page(req, res, item, { form, typed, errors: read.errors, status: 422 });
      const { onHand, reason, note, ...rest } = read.value;
      const { variantId } = item;
      const { actor, by } = actorOf(res);
      const at = now();
      const corrected = await inTransaction(db, async tx => {
        const cause = note || 'counted';
        const result = await correctStock(tx, { variantId, onHand, reason, actor, cause, now: at, ...rest });
        if (result.ok && result.changed) {
          const change = { action: 'stock.correct', subject: `variant:${variantId}` };
          const [before, after] = [{ onHand: item.onHand }, { onHand, reason, note }];
          await recordStaffAction(tx, { by, ...change, before, after, now: at });
        }
        return result;
      });
      if (corrected.ok) return done(req, res, item, 'admin.stock.corrected');
      const error: FieldError =
        corrected.reason === 'moved'
          ? { field: 'on_hand', key: 'admin.stock.error.moved', values: { count: corrected.onHand } }
          : { field: 'on_hand', key: 'admin.stock.error.reserved', values: { count: corrected.reserved } };
      const status = corrected.reason === 'moved' ? 409 : 422;
      await page(req, res, await load(req, res), { form, typed, errors: [error], status });
    },

    async setThreshold(req, res) {
      const item = await load(req, res);
      const typed = typedThreshold(req.body);
      const read = readThreshold(typed);
      if (!read.ok)
        return await page(req, res, item, { form: 'threshold', typed, errors: read.errors, status: 422 });
      const { threshold } = read.value;
      const { variantId } = item;
      const at = now();
      await inTransaction(db, async tx => {
        const before = await setLowThreshold(tx, { variantId, threshold });
        if (before === threshold) return;
        await recordStaffAction(tx, {
          by: actorOf(res).by,
          action: 'stock.threshold',
          subject: `variant:${variantId}`,
          before: { threshold: before },
          after: { threshold },
          now: at,
        });
      });
      done(req, res, item, 'admin.stock.thresholdSet');
    },
  } satisfies Record<string, RequestHandler>;
}
