import { typedFields, type FieldError, type Read } from '../web/index.js';
import { passwordProblem, SHORTEST_PASSWORD } from './rules.js';

/** More than any mailbox has, and more than anybody types; a bound so that nobody makes us fold a book. */
const LONGEST_EMAIL = 320;
const LONGEST_TYPED_PASSWORD = 4_000;

/** As a browser shows the form again; a password never comes back. */
export const typedSignIn = (body: unknown): { email: string; remember: boolean } => {
  const { email = '', remember } = typedFields(body, ['email', 'remember']);
  return { email: email.slice(0, LONGEST_EMAIL), remember: remember === 'yes' };
};

/** E-mail and password, as typed: a blank in a password is a character like any other. */
export function readSignIn(body: unknown): Read<{ email: string; password: string; remember: boolean }> {
  const { email = '', password = '', remember } = typedFields(body, ['email', 'password', 'remember']);
  const errors: FieldError[] = [];
  if (!email.trim() || email.length > LONGEST_EMAIL)
    errors.push({ field: 'email', key: 'accounts.signIn.error.email' });
  if (!password || password.length > LONGEST_TYPED_PASSWORD)
    errors.push({ field: 'password', key: 'accounts.signIn.error.password' });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { email, password, remember: remember === 'yes' } };
}

/** What is wrong with a password somebody wants from now on, at `field`; nothing when it will do. */
export function newPasswordErrors(field: string, password: string): FieldError[] {
  const problem = password.length > LONGEST_TYPED_PASSWORD ? 'too-long' : passwordProblem(password);
  if (problem === 'too-short')
    return [{ field, key: 'accounts.password.error.short', values: { count: SHORTEST_PASSWORD } }];
  if (problem === 'too-long') return [{ field, key: 'accounts.password.error.long' }];
  return [];
}

/** One's own new password, with the present one to prove who asks. */
export function readPasswordChange(body: unknown): Read<{ current: string; next: string }> {
  const { current = '', next = '' } = typedFields(body, ['current', 'next']);
  const errors: FieldError[] = [];
  if (!current || current.length > LONGEST_TYPED_PASSWORD)
    errors.push({ field: 'current', key: 'accounts.password.error.current' });
  errors.push(...newPasswordErrors('next', next));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { current, next } };
}
