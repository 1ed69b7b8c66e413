import type { Request, Response } from 'express';
import { typedFields, type FieldError } from '../../web/index.js';
import { checkCredentials } from '../actions/password.js';
import { countTry, forgiveTry } from '../actions/throttle.js';
import type { AccountsDeps } from '../deps.js';
import { passwordTry } from '../known-browser.js';
import type { UserWithPassword } from '../queries.js';

/**
 * What a link that ties an address to an account asks besides: nothing in the browser that opened the account or is signed in
 * to it; elsewhere its password, or to sign in where it has none. Whoever gets such a letter about a stranger's account
 * must not make their own mailbox a part of it by a click.
 */
export function linkAsks(
  req: Request,
  res: Response,
  user: UserWithPassword,
): 'nothing' | 'password' | 'sign-in' {
  if (res.locals.viewer?.userId === user.id || req.session.registered === user.id) return 'nothing';
  return user.passwordHash === null ? 'sign-in' : 'password';
}

/** What is missing of what the link asks, in the words `wrong`. Tries at the password are counted as those of signing in are. */
export async function linkErrors(
  { db, cookies, bcryptCost, now }: AccountsDeps,
  req: Request,
  res: Response,
  user: UserWithPassword,
  wrong: string,
): Promise<FieldError[]> {
  if (linkAsks(req, res, user) === 'nothing') return [];
  const { password } = typedFields(req.body, ['password']);
  const counted = passwordTry(cookies, req, user.email);
  await countTry(db, counted, { now: now() });
  const checked = await checkCredentials(db, { email: user.email, password, cost: bcryptCost });
  if (!checked.ok) return [{ field: 'password', key: wrong }];
  await forgiveTry(db, counted, { now: now() });
  return [];
}
