import type { Request, RequestHandler, Response } from 'express';
import { shorten } from '../lib/text.js';
import { inTransaction, row, type Db } from '../platform/db.js';
import type { Cookies, Flash } from '../web/index.js';
import { mergeCarts } from './actions/merge.js';
import { listLines } from './queries/lines.js';
import { isShort } from './rules.js';

/** A message is carried in a cookie: long lists are cut. */
const NAMES_LENGTH = 300;

/** Somebody has signed in: what is in the cart of this browser is theirs from now on. Says so where it met other goods. */
export async function bringCart(
  { db, cookies }: { db: Db; cookies: Cookies },
  req: Request,
  res: Response,
  { userId, now }: { userId: number; now: Date },
): Promise<Flash | undefined> {
  const token = cookies.readSigned(req, 'cart');
  if (!token) return undefined;
  const { merged, cartId, cut, codes } = await inTransaction(db, tx =>
    mergeCarts(tx, { token, userId, now }),
  );
  cookies.clear(res, 'cart');
  const { locale, currency } = res.locals;
  const told = (key: string, names: readonly string[]): Flash => ({
    kind: 'problem',
    key: `cart.flash.${key}`,
    values: { names: shorten(new Intl.ListFormat(locale).format(names), NAMES_LENGTH) },
  });
  if (cut.length > 0) return told('mergedCut', cut);
  const lines = merged && cartId !== null ? await listLines(db, { cartId, locale, currency }) : [];
  const short = lines.filter(({ problem }) => problem?.reason === 'sold-out' || isShort(problem));
  if (short.length > 0) return told('mergedShort', [...new Set(short.map(({ seenName }) => seenName))]);
  if (codes.length > 0) return told('mergedCodes', codes);
  return merged ? { kind: 'done', key: 'cart.flash.merged' } : undefined;
}

/** Finds out whose cart a request is about: `res.locals.cart`. A guest's request asks the database nothing. */
export function loadCartHolder({
  db,
  cookies,
  now,
}: {
  db: Db;
  cookies: Cookies;
  now: () => Date;
}): RequestHandler {
  return async (req, res, next) => {
    const userId = res.locals.viewer?.userId ?? null;
    const cookie = cookies.readSigned(req, 'cart') ?? null;
    // A guest's cart that signing in could not bring along, since the process died there: the next form brings it, and until
    // then it is theirs to see where they have no other.
    if (userId !== null && cookie && req.method === 'POST')
      await bringCart({ db, cookies }, req, res, { userId, now: now() });
    const token = (userId !== null && (await findOwnToken(db, { userId }))) || cookie;
    res.locals.cart = { token, userId };
    next();
  };
}

async function findOwnToken(db: Db, { userId }: { userId: number }): Promise<string | null> {
  const own = await row<{ token: string }>(
    db,
    `select token from carts where user_id = :userId and state = 'open'`,
    { userId },
  );
  return own?.token ?? null;
}
