import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { log } from '../platform/log.js';
import { metered } from '../platform/meter.js';

/** Gives each request its id and logs one line when it is answered: pattern, never the address itself. */
export const requestLog: RequestHandler = (req, res, next) => {
  const started = performance.now();
  const id = randomUUID();
  res.locals.requestId = id;
  res.set('X-Request-Id', id);
  metered(reading => {
    res.on('close', () => {
      const route = (req.route as { path?: unknown } | undefined)?.path;
      log.info('request', {
        request: id,
        method: req.method,
        route: typeof route === 'string' ? req.baseUrl + route : null,
        status: res.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
        sql: reading.statements,
        aborted: res.writableFinished ? undefined : true,
      });
    });
    next();
  });
};
