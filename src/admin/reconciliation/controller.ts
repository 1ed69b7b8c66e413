import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { NotFound } from '../../lib/errors.js';
import { inTransaction, refuse, type Db } from '../../platform/db.js';
import {
  askRepair,
  beginRun,
  countFindings,
  dismissFinding,
  findFinding,
  listFindingEvents,
  listFindings,
  listRuns,
  type AskResult,
  type DismissResult,
  type Finding,
} from '../../reconciliation/index.js';
import { errorTexts, readId, type FieldError, type Flash } from '../../web/index.js';
import { recordStaffAction } from '../audit-log.js';
import type { AdminDeps } from '../deps.js';
import { actorOf } from '../guard.js';
import { may } from '../rules.js';
import { readDismissal, readFindingQuery, readRepair } from './forms.js';
import { listActorNames } from './queries.js';
import { eventView, findingView, reconciliationView } from './views.js';

const PAGE_SIZE = 25;
const RUNS = 10;
/** How long a click waits for its repair to be done; what takes longer is told as under way. */
const WAIT_MS = 3_000;
const LOOK_EVERY_MS = 150;

const pathOf = (findingId: number): string => `/admin/reconciliation/${findingId}`;

/** Where our books and the providers' differ, and what mends it. */
export function reconciliationHandlers({ db, answer, now }: AdminDeps) {
  const load = async (req: Request): Promise<Finding> => {
    const findingId = readId(req.params.finding);
    const finding = findingId && (await findFinding(db, { findingId }));
    if (!finding) throw new NotFound();
    return finding;
  };

  const page = async (
    req: Request,
    res: Response,
    finding: Finding,
    back: { typed: string; errors: readonly FieldError[] } | null,
  ) => {
    const { t, locale, staff } = res.locals;
    const events = await listFindingEvents(db, { findingId: finding.id });
    const names = await listActorNames(db, { actors: events.map(({ actor }) => actor) });
    const mayRepair = may(staff!.role, 'reconciliation.repair');
    answer.page(req, res, {
      view: 'admin/reconciliation/show',
      status: back ? 422 : 200,
      head: { title: t('admin.reconciliation.finding', { id: finding.id }), noindex: true },
      data: {
        finding: findingView(finding, { t, locale, mayRepair }),
        events: events.map(event => eventView(event, names, locale)),
        mayDismiss: mayRepair && finding.state === 'open' && finding.repair === null,
        typed: back?.typed ?? '',
        errors: errorTexts(t, back?.errors ?? []),
      },
    });
  };

  return {
    async list(req, res) {
      const { t, locale, staff } = res.locals;
      const query = readFindingQuery(req.query);
      const [found, counts, runs] = await Promise.all([
        listFindings(db, { ...query, limit: PAGE_SIZE }),
        countFindings(db, query),
        listRuns(db, { limit: RUNS }),
      ]);
      const names = await listActorNames(db, { actors: runs.map(({ actor }) => actor) });
      const mayRepair = may(staff!.role, 'reconciliation.repair');
      answer.page(req, res, {
        view: 'admin/reconciliation/list',
        head: { title: t('admin.reconciliation.title'), noindex: true },
        data: {
          list: reconciliationView({ query, counts, page: found, runs, names, mayRepair, t, locale }),
        },
      });
    },

    async begin(req, res) {
      const { actor, by } = actorOf(res);
      const at = now();
      const { repeated } = await inTransaction(db, async tx => {
        const begun = await beginRun(tx, { actor, now: at });
        if (!begun.repeated) {
          const subject = `reconciliation-run:${begun.runId}`;
          await recordStaffAction(tx, { by, action: 'reconciliation.begin', subject, now: at });
        }
        return begun;
      });
      const key = repeated ? 'admin.reconciliation.alreadyUnderWay' : 'admin.reconciliation.begun';
      answer.redirect(req, res, '/admin/reconciliation', { kind: 'done', key });
    },

    async show(req, res) {
      await page(req, res, await load(req), null);
    },

    async repair(req, res) {
      const finding = await load(req);
      const repair = readRepair(req.body);
      const findingId = finding.id;
      const refused = (reason: string) =>
        answer.redirect(req, res, pathOf(findingId), {
          kind: 'problem',
          key: `admin.reconciliation.refused.${reason}`,
        });
      if (!repair) return refused('unfit');
      const { actor, by } = actorOf(res);
      const at = now();
      const asked = await inTransaction<AskResult>(db, async tx => {
        const result = await askRepair(tx, { findingId, repair, actor, now: at });
        if (!result.ok) refuse(result);
        if (!result.repeated) {
          const { kind, ours, theirs } = result.finding;
          const change = { action: `reconciliation.${repair}`, subject: `finding:${findingId}` };
          await recordStaffAction(tx, { by, ...change, before: { kind, ours, theirs }, now: at });
        }
        return result;
      });
      if (!asked.ok) return refused(asked.reason);
      answer.redirect(req, res, pathOf(findingId), told(await untilDone(db, findingId)));
    },

    async dismiss(req, res) {
      const finding = await load(req);
      const read = readDismissal(req.body);
      if (!read.ok) return await page(req, res, finding, read);
      const { actor, by } = actorOf(res);
      const at = now();
      const { note } = read.value;
      const findingId = finding.id;
      const done = await inTransaction<DismissResult>(db, async tx => {
        const result = await dismissFinding(tx, { findingId, note, actor, now: at });
        if (!result.ok) refuse(result);
        if (!result.repeated)
          await recordStaffAction(tx, {
            by,
            action: 'reconciliation.dismiss',
            subject: `finding:${findingId}`,
            before: { state: finding.state },
            after: { state: 'dismissed', note },
            now: at,
          });
        return result;
      });
      const flash: Flash = done.ok
        ? { kind: 'done', key: 'admin.reconciliation.isDismissed' }
        : { kind: 'problem', key: `admin.reconciliation.refused.${done.reason}` };
      answer.redirect(req, res, pathOf(findingId), flash);
    },
  } satisfies Record<string, RequestHandler>;
}

/** The finding once its repair is answered, or as it is when that takes longer than anybody waits. */
async function untilDone(db: Db, findingId: number): Promise<Finding | null> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const finding = await findFinding(db, { findingId });
    if (!finding?.repair || performance.now() > deadline) return finding;
    await pause(LOOK_EVERY_MS);
  }
}

function told(finding: Finding | null): Flash {
  if (finding?.repair) return { kind: 'done', key: 'admin.reconciliation.isUnderWay' };
  if (finding?.state !== 'open') return { kind: 'done', key: 'admin.reconciliation.isClosed' };
  return { kind: 'problem', key: `admin.reconciliation.outcome.${finding.outcome ?? 'still'}` };
}
