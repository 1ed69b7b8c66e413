import { passwordProblem, SHORTEST_PASSWORD } from '../../accounts/index.js';
import { typedFields, type FieldError, type Read } from '../../web/index.js';

/** As a browser shows the form again; a password never comes back. */
export const typedSignIn = (body: unknown): { email: string } => ({
  email: typedFields(body, ['email']).email!.slice(0, 320),
});

/** E-mail and password, as typed: a blank in a password is a character like any other. */
export function readSignIn(body: unknown): Read<{ email: string; password: string }> {
  const { email = '', password = '' } = typedFields(body, ['email', 'password']);
  const errors: FieldError[] = [];
  if (!email.trim() || email.length > 320) errors.push({ field: 'email', key: 'admin.signIn.error.email' });
  if (!password || password.length > 4_000)
    errors.push({ field: 'password', key: 'admin.signIn.error.password' });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { email, password } };
}

/** One's own new password, with the present one to prove who asks. */
export function readPasswordChange(body: unknown): Read<{ current: string; next: string }> {
  const { current = '', next = '' } = typedFields(body, ['current', 'next']);
  const errors: FieldError[] = [];
  if (!current || current.length > 4_000)
    errors.push({ field: 'current', key: 'admin.password.error.current' });
  const problem = next.length > 4_000 ? 'too-long' : passwordProblem(next);
  if (problem === 'too-short')
    errors.push({ field: 'next', key: 'admin.password.error.short', values: { count: SHORTEST_PASSWORD } });
  if (problem === 'too-long') errors.push({ field: 'next', key: 'admin.password.error.long' });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { current, next } };
}
