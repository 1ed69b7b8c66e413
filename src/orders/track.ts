import type { Request, RequestHandler, Response } from 'express';
import type { Db } from '../platform/db.js';
import { errorTexts, localePath, type Answer, type FieldError, type RateLimit } from '../web/index.js';
import { listTrackedParcels } from './queries/parcels.js';
import { readTrackingNumber } from './rules/carriers.js';
import { trackedView } from './views/parcels.js';

export interface TrackDeps {
  db: Db;
  answer: Answer;
  /** Looks at parcels by where they come from: numbers run in sequence, and nobody needs many. */
  trackLimit: RateLimit;
}

/** Where a parcel is, for whoever has its number. Says nothing of whose it is. */
export function trackHandlers({
  db,
  answer,
  trackLimit,
}: TrackDeps): Record<'trackForm' | 'track', RequestHandler> {
  type Found = { number: string; parcels: ReturnType<typeof trackedView>[] };
  const page = (
    req: Request,
    res: Response,
    facts: { number: string; found?: Found; errors?: FieldError[]; status?: number },
  ) => {
    const { t } = res.locals;
    const { number, found = null, errors = [], status = errors.length > 0 ? 422 : 200 } = facts;
    answer.page(req, res, {
      view: 'orders/track',
      status,
      head: { title: t('orders.track.title'), noindex: true },
      data: { typed: { number }, found, errors: errorTexts(t, errors) },
    });
  };

  return {
    trackForm(req, res) {
      const typed = typeof req.query.number === 'string' ? req.query.number : null;
      if (typed === null) return page(req, res, { number: '' });
      const number = readTrackingNumber(typed);
      if (!number)
        return page(req, res, {
          number: typed.slice(0, 60),
          errors: [{ field: 'number', key: 'orders.track.error' }],
        });
      answer.redirect(req, res, localePath(res.locals.locale, `/track/${number}`));
    },

    async track(req, res) {
      const asked = String(req.params.trackingNumber);
      const number = readTrackingNumber(asked);
      await trackLimit.count(`ip:${req.ip}`);
      const parcels = number ? await listTrackedParcels(db, { trackingNumber: number }) : [];
      const shown = number ?? asked.slice(0, 60);
      res.set('Cache-Control', 'private, no-store');
      page(req, res, {
        number: parcels.length > 0 ? '' : shown,
        found: { number: shown, parcels: parcels.map(each => trackedView(each, shown, res.locals.locale)) },
        status: parcels.length > 0 ? 200 : 404,
      });
    },
  };
}
