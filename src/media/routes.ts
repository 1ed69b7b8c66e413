import { Router } from 'express';
import type { Db } from '../platform/db.js';
import { pictureHandler } from './controller.js';

/** At the root, before sessions: `/images/:id/:width.:format`. */
export function mediaRoutes(deps: { db: Db }): Router {
  const router = Router();
  router.get('/images/:id/:file', pictureHandler(deps));
  return router;
}
