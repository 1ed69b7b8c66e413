import type { RequestHandler, Response } from 'express';
import { row, type Db } from '../platform/db.js';
import type { Cookies } from '../web/index.js';

/**
 * Whose cart, as `res.locals.cart` has it: a guest's is behind the token in a signed cookie. A user's is the one open cart of the user, on all their
 * devices; its token is in no cookie, so that no copy of one opens it.
 */
export interface CartHolder {
  token: string | null;
  userId: number | null;
}

/** Finds out whose cart a request is about: `res.locals.cart`. A guest's request asks the database nothing. */
export function loadCartHolder({ db, cookies }: { db: Db; cookies: Cookies }): RequestHandler {
  return async (req, res, next) => {
    const userId = res.locals.viewer?.userId ?? null;
    const cookie = cookies.readSigned(req, 'cart') ?? null;
    // A guest's cart that signing in could not bring along, since the process died there, is still theirs to see.
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

/** Lets the browser find the cart again that was made or used just now; a user's needs nothing of the kind. */
export function keepCart(cookies: Cookies, res: Response, token: string): void {
  if (res.locals.cart.userId === null) cookies.write(res, 'cart', token, { signed: true });
}
