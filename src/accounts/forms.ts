import { typedFields, type FieldError, type Read } from '../web/index.js';
import type { TypedCode } from './actions/second-factor.js';
import { passwordProblem, SHORTEST_PASSWORD } from './rules.js';

/** More than any mailbox has, and more than anybody types; a bound so that nobody makes us fold a book. */
export const LONGEST_EMAIL = 320;
const LONGEST_TYPED_PASSWORD = 4_000;

/** As a browser shows the form again; a password never comes back. */
export const typedSignIn = (body: unknown): { email: string; remember: boolean } => {
  const { email, remember } = typedFields(body, ['email', 'remember']);
  return { email: email.slice(0, LONGEST_EMAIL), remember: remember === 'yes' };
};

/** E-mail and password, as typed: a blank in a password is a character like any other. */
export function readSignIn(body: unknown): Read<{ email: string; password: string; remember: boolean }> {
  const { email, password, remember } = typedFields(body, ['email', 'password', 'remember']);
  const errors: FieldError[] = [];
  if (!email.trim() || email.length > LONGEST_EMAIL)
    errors.push({ field: 'email', key: 'accounts.signIn.error.email' });
  if (!password || password.length > LONGEST_TYPED_PASSWORD)
    errors.push({ field: 'password', key: 'accounts.signIn.error.password' });
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, value: { email, password, remember: remember === 'yes' } };
}

/**
 * What is wrong with a password somebody wants from now on, at `field`; nothing when it will do. `about`: what everybody knows
 * of them: address, name, the shop's name.
 */
export function newPasswordErrors(field: string, password: string, about: readonly string[]): FieldError[] {
  const problem = password.length > LONGEST_TYPED_PASSWORD ? 'too-long' : passwordProblem(password, about);
  if (problem === 'too-short')
    return [{ field, key: 'accounts.password.error.short', values: { count: SHORTEST_PASSWORD } }];
  if (problem === 'too-long') return [{ field, key: 'accounts.password.error.long' }];
  if (problem === 'common') return [{ field, key: 'accounts.password.error.common' }];
  if (problem === 'personal') return [{ field, key: 'accounts.password.error.personal' }];
  return [];
}

/** One's own new password, with the present one to prove who asks; whoever has none yet (`isFirst`) is not asked for it. */
export function readPasswordChange(
  body: unknown,
  { isFirst, about }: { isFirst: boolean; about: readonly string[] },
): Read<{ current: string; next: string }> {
  const { current, next } = typedFields(body, ['current', 'next']);
  const errors: FieldError[] = [];
  if (!isFirst && (!current || current.length > LONGEST_TYPED_PASSWORD))
    errors.push({ field: 'current', key: 'accounts.password.error.current' });
  errors.push(...newPasswordErrors('next', next, about));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { current, next } };
}

/** The password alone, of somebody who is signed in already. */
export function readConfirmation(body: unknown): Read<{ password: string }> {
  const { password } = typedFields(body, ['password']);
  return !password || password.length > LONGEST_TYPED_PASSWORD
    ? { ok: false, errors: [{ field: 'password', key: 'accounts.signIn.error.password' }] }
    : { ok: true, value: { password } };
}

/** Longer than any code with all that people type around it. */
const LONGEST_CODE = 100;

/** As a browser shows the form again: which of the two was filled in; a code itself never comes back. */
export const isRecovering = (body: unknown): boolean =>
  typedFields(body, ['recovery']).recovery.trim() !== '';

/** A code of the app, or one of the recovery codes in its place. */
export function readCode(body: unknown): Read<TypedCode> {
  const { code, recovery } = typedFields(body, ['code', 'recovery']);
  if (!code.trim() && !recovery.trim())
    return { ok: false, errors: [{ field: 'code', key: 'accounts.code.error.missing' }] };
  if (code.length > LONGEST_CODE || recovery.length > LONGEST_CODE) return wrongCode(recovery.trim() !== '');
  return { ok: true, value: { code, recovery } };
}

/** What the page says of a code that was not taken. */
export const wrongCode = (recovering: boolean): { ok: false; errors: FieldError[] } => ({
  ok: false,
  errors: [
    recovering
      ? { field: 'recovery', key: 'accounts.code.error.recovery' }
      : { field: 'code', key: 'accounts.code.error.wrong' },
  ],
});
