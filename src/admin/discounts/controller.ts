import type { Request, RequestHandler, Response } from 'express';
import {
  createDiscount,
  disableDiscount,
  findDiscount,
  listDiscounts,
  newCode,
  updateDiscount,
  type DiscountDraft,
  type DiscountUse,
  type DraftProblem,
  type SaveDiscountResult,
} from '../../discounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { inTransaction, refuse } from '../../platform/db.js';
import { errorTexts, readId, typedFields, type FieldError, type Read } from '../../web/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { may } from '../rules.js';
import { discountFields, KINDS, readDiscount, readSkus, typedDiscount, type TypedDiscount } from './forms.js';
import { listCategoryChoices, listProductsBySku, listSkusOfProducts } from './queries.js';
import { discountRow } from './views.js';

type Handlers = Record<'list' | 'newForm' | 'create' | 'editForm' | 'update' | 'disable', RequestHandler>;

/** The field to mend for each thing that can be wrong with a draft as a whole. */
const FIELD_OF: Record<DraftProblem, string> = {
  name: 'name_en',
  code: 'code',
  rate: 'rate',
  amounts: 'amount_USD',
  pieces: 'buy',
  minimums: 'minimum_USD',
  times: 'ends_at',
  limits: 'limit_total',
  exclusive: 'exclusive',
};

const EMPTY: TypedDiscount = typedDiscount({ kind: 'percent', position: '100' });

export function discountHandlers({ db, answer, now }: AdminDeps): Handlers {
  const page = async (
    req: Request,
    res: Response,
    shown: { discount: DiscountUse | null; typed: TypedDiscount; errors?: readonly FieldError[] },
  ) => {
    const { t, locale } = res.locals;
    const { discount, typed } = shown;
    const errors = errorTexts(t, shown.errors ?? []);
    answer.page(req, res, {
      view: 'admin/discounts/form',
      status: errors.length > 0 ? 422 : 200,
      head: { title: t(discount ? 'admin.discounts.edit' : 'admin.discounts.new'), noindex: true },
      data: {
        discount: discount && { ...discountRow(discount, locale), id: discount.id },
        action: discount ? `/admin/discounts/${discount.id}` : '/admin/discounts',
        typed: typed.fields,
        chosen: typed.categoryIds,
        kinds: KINDS,
        categories: await listCategoryChoices(db, { locale }),
        suggestion: newCode(),
        errors,
      },
    });
  };

  /** The discount of an address. @throws NotFound */
  const load = async (req: Request): Promise<DiscountUse> => {
    const id = readId(req.params.discount);
    const discount = id === null ? null : await findDiscount(db, { id });
    if (!discount) throw new NotFound();
    return discount;
  };

  /** The whole draft: what the form says, with the products its SKUs stand for. */
  const readDraft = async (typed: TypedDiscount): Promise<Read<DiscountDraft>> => {
    const read = readDiscount(typed);
    if (!read.ok) return read;
    const skus = readSkus(typed.fields.skus!);
    const found = await listProductsBySku(db, { skus });
    const known = new Set(found.map(({ sku }) => sku.toLowerCase()));
    const unknown = skus.filter(sku => !known.has(sku.toLowerCase()));
    if (unknown.length > 0) {
      const values = { skus: unknown.slice(0, 5).join(', ') };
      return { ok: false, errors: [{ field: 'skus', key: 'admin.discounts.error.skus', values }] };
    }
    return {
      ok: true,
      value: { ...read.value, productIds: [...new Set(found.map(({ productId }) => productId))] },
    };
  };

  /** Why a draft was not saved, at the field to mend. */
  const problemOf = (result: Extract<SaveDiscountResult, { ok: false }>): FieldError[] => {
    if (result.reason === 'unknown') throw new NotFound();
    if (result.reason === 'code-taken') return [{ field: 'code', key: 'admin.discounts.error.taken' }];
    return [{ field: FIELD_OF[result.problem], key: `admin.discounts.problem.${result.problem}` }];
  };

  return {
    async list(req, res) {
      const { t, locale, staff } = res.locals;
      const discounts = await listDiscounts(db);
      answer.page(req, res, {
        view: 'admin/discounts/list',
        head: { title: t('admin.discounts.title'), noindex: true },
        data: {
          discounts: discounts.map(discount => discountRow(discount, locale)),
          mayWrite: may(staff!.role, 'discounts.write'),
        },
      });
    },

    newForm: async (req, res) => await page(req, res, { discount: null, typed: EMPTY }),

    async create(req, res) {
      const typed = typedDiscount(req.body);
      const read = await readDraft(typed);
      if (!read.ok) return await page(req, res, { discount: null, typed, errors: read.errors });
      const { by } = actorOf(res);
      const at = now();
      const draft = read.value;
      const result = await inTransaction<SaveDiscountResult>(db, async tx => {
        const made = await createDiscount(tx, { draft, now: at });
        if (!made.ok) refuse(made);
        await recordStaffAction(tx, {
          by,
          action: 'discount.create',
          subject: `discount:${made.id}`,
          after: draft,
          now: at,
        });
        return made;
      });
      if (!result.ok) return await page(req, res, { discount: null, typed, errors: problemOf(result) });
      answer.redirect(req, res, '/admin/discounts', { kind: 'done', key: 'admin.discounts.done.create' });
    },

    async editForm(req, res) {
      const discount = await load(req);
      const skus = await listSkusOfProducts(db, discount);
      await page(req, res, { discount, typed: discountFields(discount, skus) });
    },

    async update(req, res) {
      const discount = await load(req);
      const { id } = discount;
      const posted = typedDiscount(req.body);
      // Code and kind stay for ever, whatever a form says.
      const typed = {
        ...posted,
        fields: { ...posted.fields, code: discount.code ?? '', kind: discount.kind },
      };
      const read = await readDraft(typed);
      if (!read.ok) return await page(req, res, { discount, typed, errors: read.errors });
      const { by } = actorOf(res);
      const at = now();
      const draft = read.value;
      const result = await inTransaction<SaveDiscountResult>(db, async tx => {
        const before = await findDiscount(tx, { id });
        const saved = await updateDiscount(tx, { id, draft, now: at });
        if (!saved.ok) refuse(saved);
        await recordStaffAction(tx, {
          by,
          action: 'discount.update',
          subject: `discount:${id}`,
          before,
          after: draft,
          now: at,
        });
        return saved;
      });
      if (!result.ok) return await page(req, res, { discount, typed, errors: problemOf(result) });
      answer.redirect(req, res, '/admin/discounts', { kind: 'done', key: 'admin.discounts.done.update' });
    },

    async disable(req, res) {
      const { id } = await load(req);
      const disabled = typedFields(req.body, ['disabled']).disabled !== 'no';
      const { by } = actorOf(res);
      const at = now();
      await inTransaction(db, async tx => {
        const result = await disableDiscount(tx, { id, disabled, now: at });
        if (!result.ok) throw new NotFound();
        if ((result.before.disabledAt !== null) === disabled) return;
        await recordStaffAction(tx, {
          by,
          action: disabled ? 'discount.disable' : 'discount.enable',
          subject: `discount:${id}`,
          before: { disabled: !disabled },
          after: { disabled },
          now: at,
        });
      });
      const key = disabled ? 'admin.discounts.done.disable' : 'admin.discounts.done.enable';
      answer.redirect(req, res, '/admin/discounts', { kind: 'done', key });
    },
  };
}
