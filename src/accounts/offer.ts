import type { Request, Response } from 'express';
import { inTransaction, type Db } from '../platform/db.js';
import { errorTexts, localePath, saveSession, type Answer, type FieldError } from '../web/index.js';
import { registerUser } from './actions/register.js';
import { countTry } from './actions/throttle.js';
import { letterTry } from './known-browser.js';
import { hashPassword } from './password.js';
import { typedRegistration, type TypedRegistration } from './registration-form.js';
import { YOUNGEST } from './rules.js';

/** What making an account takes besides what was typed. */
export interface RegisterDeps {
  db: Db;
  answer: Answer;
  bcryptCost: number;
  now: () => Date;
}

/**
 * Makes the account, or finds that the address has one, and sends the browser on to the page that speaks of the letter:
 * what it gets to see is the same for both. Counts as asking for a letter.
 */
export async function beginAccount(
  { db, answer, bcryptCost, now }: RegisterDeps,
  req: Request,
  res: Response,
  { password, ...said }: { email: string; name: string; password: string; marketing: boolean },
): Promise<void> {
  const { locale } = res.locals;
  await countTry(db, letterTry(req, said.email), { now: now() });
  const passwordHash = await hashPassword(password, bcryptCost);
  const registration = { ...said, passwordHash, locale };
  const userId = await inTransaction(db, tx => registerUser(tx, { registration, now: now() }));
  req.session.registered = userId ?? 0;
  await saveSession(req);
  answer.redirect(req, res, localePath(locale, '/register/sent'));
}

/** A form that makes an account of what is known already: it asks for a password, the age and what must be agreed to. */
export interface AccountOffer {
  action: string;
  email: string;
  typed: TypedRegistration;
  errors: { field: string; text: string }[];
  years: number;
}

/** The form as it stands at first, or with what was typed and is to be mended. */
export function accountOffer(
  { t }: Pick<Response['locals'], 't'>,
  {
    action,
    email,
    body = {},
    errors = [],
  }: { action: string; email: string; body?: unknown; errors?: readonly FieldError[] },
): AccountOffer {
  return {
    action,
    email,
    typed: typedRegistration(body),
    errors: errorTexts(t, errors),
    years: YOUNGEST,
  };
}
