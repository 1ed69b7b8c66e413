import { Router, type RequestHandler } from 'express';
import type { Answer } from '../web/index.js';
import { open, requireStaff } from './guard.js';
import type { Permission } from './rules.js';

/**
 * The only way to put a page on the desk: no route without saying who may use it. `open` is for what the frame
 * needs.
 */
export interface Desk {
  get(path: string, permission: Permission | 'open', ...handlers: RequestHandler[]): void;
  post(path: string, permission: Permission | 'open', ...handlers: RequestHandler[]): void;
}

/** A desk and the router that serves it. Paths start below `/admin`. */
export function createDesk(deps: { answer: Answer; now: () => Date }): { desk: Desk; router: Router } {
  const router = Router();
  const guard = (permission: Permission | 'open') =>
    permission === 'open' ? open : requireStaff(deps, permission);
  return {
    router,
    desk: {
      get: (path, permission, ...handlers) => void router.get(path, guard(permission), ...handlers),
      post: (path, permission, ...handlers) => void router.post(path, guard(permission), ...handlers),
    },
  };
}
