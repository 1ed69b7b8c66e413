import type { Response } from 'express';
import type { Cookies } from '../web/index.js';

/**
 * Whose cart, as `res.locals.cart` has it: a guest's is behind the token in a signed cookie. A user's is the one open cart of
 * the user, on all their devices; its token is in no cookie, so that no copy of one opens it.
 */
export interface CartHolder {
  token: string | null;
  userId: number | null;
}

/** Lets the browser find the cart again that was made or used just now; a user's needs nothing of the kind. */
export function keepCart(cookies: Cookies, res: Response, token: string): void {
  if (res.locals.cart.userId === null) cookies.write(res, 'cart', token, { signed: true });
}
