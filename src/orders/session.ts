import type { SessionData } from 'express-session';
import type { Request } from 'express';
import { saveSession } from '../web/index.js';
import type { OrderViewer } from './queries.js';

declare module 'express-session' {
  interface SessionData {
    /** Ids of the orders this browser has placed, newest first. */
    orders: number[];
  }
}

const REMEMBERED = 20;

/** Notes in the session that this browser placed the order, before it is sent on. The first write of a guest's session. */
export async function rememberOrder(req: Request, orderId: number): Promise<void> {
  const before = req.session.orders ?? [];
  if (before[0] === orderId) return;
  req.session.orders = [orderId, ...before.filter(id => id !== orderId)].slice(0, REMEMBERED);
  await saveSession(req);
}

/** Who asks for an order: the key in the address, if it is one text, what this browser's session placed, and who is signed in. */
export function viewerOf(req: Request): OrderViewer {
  const { key } = req.query;
  return {
    key: typeof key === 'string' && key.length >= 22 ? key : null,
    placed: (req.session as Partial<SessionData>).orders ?? [],
    userId: req.res?.locals.viewer?.userId ?? null,
  };
}
