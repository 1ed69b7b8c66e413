import type { Request, RequestHandler, Response } from 'express';
import {
  changeRole,
  endAllSignIns,
  inviteStaff,
  listOpenSignIns,
  ROLES,
  setDisabled,
  signInViews,
  type ManageResult,
} from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { inTransaction, refuse, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { errorTexts, readId, typedFields, type FieldError } from '../../web/index.js';
import { listStaffActions, recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { may } from '../rules.js';
import {
  customersPath,
  readCustomerQuery,
  readInvitation,
  readReason,
  readRoleChange,
  STATES,
} from './forms.js';
import {
  findCustomer,
  listConsents,
  listCustomerOrders,
  listCustomers,
  listMoments,
  listSpending,
  type CustomerDetail,
} from './queries.js';
import { customerPageView, customerView } from './views.js';

const ORDERS_SHOWN = 20;
const MOMENTS_SHOWN = 50;

type Back = { typed: Record<string, string>; errors: readonly FieldError[] };

/** People with an account, at the desk: who they are, what they bought, and what staff may do about them. */
export function customerHandlers({ db, answer, now }: AdminDeps) {
  const load = async (req: Request): Promise<CustomerDetail> => {
    const userId = readId(req.params.id);
    const customer = userId === null ? null : await findCustomer(db, { userId });
    if (!customer) throw new NotFound();
    return customer;
  };

  /** One change of a user and its line in the audit log, in one transaction. What was so before gets no second line. */
  const change = async (
    res: Response,
    { id }: CustomerDetail,
    { action, before, after }: { action: string; before?: unknown; after?: unknown },
    work: (tx: Tx, by: { userId: number; actor: string; now: Date }) => Promise<ManageResult>,
  ): Promise<ManageResult> => {
    const { actor, by } = actorOf(res);
    const at = now();
    return await inTransaction<ManageResult>(db, async tx => {
      const result = await work(tx, { userId: id, actor, now: at });
      if (!result.ok) refuse(result);
      if (!result.repeated)
        await recordStaffAction(tx, { by, action, subject: `user:${id}`, before, after, now: at });
      return result;
    });
  };

  const done = (req: Request, res: Response, { id }: CustomerDetail, key: string, result?: ManageResult) => {
    if (result && !result.ok && result.reason === 'gone') throw new NotFound();
    answer.redirect(
      req,
      res,
      `/admin/customers/${id}`,
      result && !result.ok
        ? { kind: 'problem', key: `admin.customers.refused.${result.reason}` }
        : { kind: 'done', key },
    );
  };

  /** A page of one form about a user, or about nobody yet. */
  const formPage = (
    req: Request,
    res: Response,
    form: { view: string; title: string; customer?: CustomerDetail; back?: Back },
  ) => {
    const { t, locale } = res.locals;
    answer.page(req, res, {
      view: `admin/customers/${form.view}`,
      status: form.back ? 422 : 200,
      head: { title: form.title, noindex: true },
      data: {
        ...(form.customer ? { customer: customerView(form.customer, locale) } : {}),
        roles: ROLES,
        typed: form.back?.typed ?? {},
        errors: errorTexts(t, form.back?.errors ?? []),
      },
    });
  };

  const roleForm = (req: Request, res: Response, customer: CustomerDetail, back?: Back) =>
    formPage(req, res, {
      view: 'role',
      title: res.locals.t('admin.customers.role.title', { name: customer.name }),
      customer,
      ...(back ? { back } : {}),
    });
  const disableForm = (req: Request, res: Response, customer: CustomerDetail, back?: Back) =>
    formPage(req, res, {
      view: 'disable',
      title: res.locals.t('admin.customers.disable.title', { name: customer.name }),
      customer,
      ...(back ? { back } : {}),
    });
  const inviteForm = (req: Request, res: Response, back?: Back) =>
    formPage(req, res, {
      view: 'invite',
      title: res.locals.t('admin.customers.invite.title'),
      ...(back ? { back } : {}),
    });

  return {
    async list(req, res) {
      const { t, locale, staff } = res.locals;
      const filter = readCustomerQuery(req.query);
      const { customers, next } = await listCustomers(db, filter);
      answer.page(req, res, {
        view: 'admin/customers/list',
        head: { title: t('admin.customers.title'), noindex: true },
        data: {
          filter,
          roles: ROLES,
          states: STATES,
          mayInvite: may(staff!.role, 'staff.manage'),
          customers: customers.map(customer => ({
            ...customerView(customer, locale),
            orders: customer.orders,
          })),
          next: next === null ? null : customersPath(filter, next),
        },
      });
    },

    async show(req, res) {
      const { t, locale, staff } = res.locals;
      const customer = await load(req);
      const userId = customer.id;
      const [orders, spending, consents, moments, signIns, acts] = await Promise.all([
        listCustomerOrders(db, { userId, limit: ORDERS_SHOWN }),
        listSpending(db, { userId }),
        listConsents(db, { userId }),
        listMoments(db, { userId, limit: MOMENTS_SHOWN }),
        listOpenSignIns(db, { userId, now: now() }),
        listStaffActions(db, { subject: `user:${userId}` }),
      ]);
      answer.page(req, res, {
        view: 'admin/customers/show',
        head: { title: t('admin.customers.of', { name: customer.name }), noindex: true },
        data: {
          customer: customerPageView({ customer, orders, spending, consents, moments, locale }),
          signIns: signInViews(signIns, { here: 0, locale, now: now() }),
          acts: acts.map(({ at, ...act }) => ({ ...act, at: at.toISOString() })),
          isOwn: userId === staff!.userId,
          mayManage: may(staff!.role, 'customers.manage') && !customer.erasedAt,
          mayHelp: may(staff!.role, 'customers.help') && !customer.erasedAt,
        },
      });
    },

    async role(req, res) {
      roleForm(req, res, await load(req));
    },

    async changeRole(req, res) {
      const customer = await load(req);
      const read = readRoleChange(req.body);
      if (!read.ok)
        return roleForm(req, res, customer, {
          typed: typedFields(req.body, ['role', 'reason']),
          errors: read.errors,
        });
      const { role, reason } = read.value;
      const log = { action: 'user.role', before: { role: customer.role }, after: { role, reason } };
      const result = await change(res, customer, log, (tx, by) => changeRole(tx, { ...by, role }));
      done(req, res, customer, 'admin.customers.role.done', result);
    },

    async disabling(req, res) {
      disableForm(req, res, await load(req));
    },

    async disable(req, res) {
      const customer = await load(req);
      const read = readReason(req.body);
      if (!read.ok)
        return disableForm(req, res, customer, {
          typed: typedFields(req.body, ['reason']),
          errors: read.errors,
        });
      const log = { action: 'user.disable', after: read.value };
      const result = await change(res, customer, log, (tx, by) => setDisabled(tx, { ...by, disabled: true }));
      done(req, res, customer, 'admin.customers.disable.done', result);
    },

    async enable(req, res) {
      const customer = await load(req);
      const result = await change(res, customer, { action: 'user.enable' }, (tx, by) =>
        setDisabled(tx, { ...by, disabled: false }),
      );
      done(req, res, customer, 'admin.customers.enabled', result);
    },

    async endSignIns(req, res) {
      const customer = await load(req);
      const result = await change(res, customer, { action: 'user.end-sign-ins' }, (tx, by) =>
        endAllSignIns(tx, by),
      );
      done(req, res, customer, 'admin.customers.signedOut', result);
    },

    async resend(req, res) {
      const customer = await load(req);
      if (customer.verifiedAt || customer.erasedAt || customer.disabledAt)
        return done(req, res, customer, 'admin.customers.resent');
      await change(res, customer, { action: 'user.resend-verification' }, async (tx, { userId }) => {
        await emit(tx, 'user.registered', { userId });
        return { ok: true, repeated: false };
      });
      done(req, res, customer, 'admin.customers.resent');
    },

    invitation: (req, res) => inviteForm(req, res),

    async invite(req, res) {
      const read = readInvitation(req.body);
      if (!read.ok)
        return inviteForm(req, res, {
          typed: typedFields(req.body, ['email', 'role']),
          errors: read.errors,
        });
      const { locale } = res.locals;
      const { actor, by } = actorOf(res);
      const at = now();
      await inTransaction(db, async tx => {
        const userId = await inviteStaff(tx, { ...read.value, locale, actor, now: at });
        const after = { role: read.value.role };
        await recordStaffAction(tx, {
          by,
          action: 'staff.invite',
          subject: `user:${userId}`,
          after,
          now: at,
        });
      });
      answer.redirect(req, res, '/admin/customers?role=staff', {
        kind: 'done',
        key: 'admin.customers.invite.done',
        values: { email: read.value.email },
      });
    },
  } satisfies Record<string, RequestHandler>;
}
