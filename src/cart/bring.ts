import type { Request, Response } from 'express';
import { inTransaction, type Db } from '../platform/db.js';
import type { Cookies, Flash } from '../web/index.js';
import { mergeCarts } from './actions/merge.js';

/** Somebody has signed in: what is in the cart of this browser is theirs from now on. Says so where it met other goods. */
export async function bringCart(
  { db, cookies }: { db: Db; cookies: Cookies },
  req: Request,
  res: Response,
  { userId, now }: { userId: number; now: Date },
): Promise<Flash | undefined> {
  const token = cookies.readSigned(req, 'cart');
  if (!token) return undefined;
  const merge = await inTransaction(db, tx => mergeCarts(tx, { token, userId, now }));
  cookies.clear(res, 'cart');
  if (!merge.merged) return undefined;
  return merge.cut
    ? { kind: 'problem', key: 'cart.flash.mergedCut' }
    : { kind: 'done', key: 'cart.flash.merged' };
}
