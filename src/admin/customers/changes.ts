import type { Request, RequestHandler, Response } from 'express';
import {
  changeRole,
  endAllSignIns,
  inviteStaff,
  ROLES,
  setDisabled,
  type ManageResult,
} from '../../accounts/index.js';
import { NotFound } from '../../lib/errors.js';
import { inTransaction, refuse, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import { errorTexts, typedFields, type FieldError } from '../../web/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { findAsked } from './controller.js';
import { readInvitation, readReason, readRoleChange } from './forms.js';
import type { CustomerDetail } from './queries.js';
import { customerView } from './views.js';

/** What was typed into a form that was refused, and why. */
interface Refused {
  typed: Record<string, string>;
  errors: readonly FieldError[];
}

/** What staff may do about people: their role, shutting out, signing out, letters, and inviting others to the desk. */
export function customerChanges({ db, answer, now }: AdminDeps) {
  /** One change of a user and its line in the audit log, in one transaction. What was so before gets no second line. */
  const change = async (
    res: Response,
    { id }: CustomerDetail,
    { action, after }: { action: string; after?: unknown },
    work: (tx: Tx, by: { userId: number; actor: string; now: Date }) => Promise<ManageResult>,
  ): Promise<ManageResult> => {
    const { actor, by } = actorOf(res);
    const at = now();
    return await inTransaction<ManageResult>(db, async tx => {
      const result = await work(tx, { userId: id, actor, now: at });
      if (!result.ok) refuse(result);
      const { repeated, before } = result;
      if (!repeated)
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
    form: 'role' | 'disable' | 'invite',
    { customer, refused }: { customer?: CustomerDetail; refused?: Refused },
  ) => {
    const { t, locale } = res.locals;
    answer.page(req, res, {
      view: `admin/customers/${form}`,
      status: refused ? 422 : 200,
      head: { title: t(`admin.customers.${form}.title`, { name: customer?.name ?? '' }), noindex: true },
      data: {
        ...(customer ? { customer: customerView(customer, locale) } : {}),
        roles: ROLES,
        typed: refused?.typed ?? {},
        errors: errorTexts(t, refused?.errors ?? []),
      },
    });
  };

  return {
    async role(req, res) {
      formPage(req, res, 'role', { customer: await findAsked(db, req) });
    },

    async changeRole(req, res) {
      const customer = await findAsked(db, req);
      const read = readRoleChange(req.body);
      if (!read.ok) {
        const refused = { typed: typedFields(req.body, ['role', 'reason']), errors: read.errors };
        return formPage(req, res, 'role', { customer, refused });
      }
      const { role } = read.value;
      const log = { action: 'user.role', after: read.value };
      const result = await change(res, customer, log, (tx, by) => changeRole(tx, { ...by, role }));
      done(req, res, customer, 'admin.customers.role.done', result);
    },

    async disabling(req, res) {
      formPage(req, res, 'disable', { customer: await findAsked(db, req) });
    },

    async disable(req, res) {
      const customer = await findAsked(db, req);
      const read = readReason(req.body);
      if (!read.ok) {
        const refused = { typed: typedFields(req.body, ['reason']), errors: read.errors };
        return formPage(req, res, 'disable', { customer, refused });
      }
      const log = { action: 'user.disable', after: read.value };
      const result = await change(res, customer, log, (tx, by) => setDisabled(tx, { ...by, disabled: true }));
      done(req, res, customer, 'admin.customers.disable.done', result);
    },

    async enable(req, res) {
      const customer = await findAsked(db, req);
      const result = await change(res, customer, { action: 'user.enable' }, (tx, by) =>
        setDisabled(tx, { ...by, disabled: false }),
      );
      done(req, res, customer, 'admin.customers.enabled', result);
    },

    async endSignIns(req, res) {
      const customer = await findAsked(db, req);
      const result = await change(res, customer, { action: 'user.end-sign-ins' }, (tx, by) =>
        endAllSignIns(tx, by),
      );
      done(req, res, customer, 'admin.customers.signedOut', result);
    },

    async resend(req, res) {
      const customer = await findAsked(db, req);
      if (!customer.verifiedAt && !customer.erasedAt && !customer.disabledAt)
        await change(res, customer, { action: 'user.resend-verification' }, async (tx, { userId }) => {
          await emit(tx, 'user.registered', { userId });
          return { ok: true, repeated: false };
        });
      done(req, res, customer, 'admin.customers.resent');
    },

    invitation(req, res) {
      formPage(req, res, 'invite', {});
    },

    async invite(req, res) {
      const { locale } = res.locals;
      const { actor, by } = actorOf(res);
      const at = now();
      const refuseWith = (errors: readonly FieldError[]) =>
        formPage(req, res, 'invite', {
          refused: { typed: typedFields(req.body, ['email', 'role']), errors },
        });
      const read = readInvitation(req.body);
      if (!read.ok) return refuseWith(read.errors);
      const { email, role } = read.value;
      const invited = await inTransaction(db, async tx => {
        const result = await inviteStaff(tx, { email, role, locale, actor, now: at });
        if (!result.ok) return result;
        const subject = `user:${result.userId}`;
        await recordStaffAction(tx, { by, action: 'staff.invite', subject, after: { role }, now: at });
        return result;
      });
      if (!invited.ok) return refuseWith([{ field: 'email', key: 'admin.customers.error.shut' }]);
      answer.redirect(req, res, '/admin/customers?role=staff', {
        kind: 'done',
        key: 'admin.customers.invite.done',
        values: { email },
      });
    },
  } satisfies Record<string, RequestHandler>;
}
