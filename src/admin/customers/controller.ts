import type { Request, RequestHandler } from 'express';
import { listAccountMoments, listOpenSignIns, ROLES, signInViews } from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import type { Db } from '../../platform/db.js';
import { readId } from '../../web/index.js';
import { listStaffActions } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { may } from '../rules.js';
import { customersPath, readCustomerQuery, STATES } from './forms.js';
import {
  findCustomer,
  listConsents,
  listCustomerOrders,
  listCustomers,
  listSpending,
  type CustomerDetail,
} from './queries.js';
import { customerPageView, customerView } from './views.js';

const ORDERS_SHOWN = 20;
const MOMENTS_SHOWN = 50;

/** Whom an address of the desk is about. @throws NotFound */
export async function findAsked(db: Db, req: Request): Promise<CustomerDetail> {
  const userId = readId(req.params.id);
  const customer = userId === null ? null : await findCustomer(db, { userId });
  if (!customer) throw new NotFound();
  return customer;
}

/** People with an account, at the desk: who they are, what they bought and what happened. */
export function customerHandlers({ db, answer, now }: AdminDeps) {
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
      const customer = await findAsked(db, req);
      const userId = customer.id;
      const [orders, spending, consents, moments, signIns, acts] = await Promise.all([
        listCustomerOrders(db, { userId, limit: ORDERS_SHOWN }),
        listSpending(db, { userId }),
        listConsents(db, { userId }),
        listAccountMoments(db, { userId, limit: MOMENTS_SHOWN }),
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
  } satisfies Record<string, RequestHandler>;
}
