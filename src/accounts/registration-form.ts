import { typedFields, type FieldError, type Read } from '../web/index.js';
import { LONGEST_EMAIL, newPasswordErrors } from './forms.js';
import { foldEmail, YOUNGEST } from './rules.js';

/** Something, an @, and a domain with a dot: whether the mailbox exists, only a letter can tell. */
export const isAddress = (text: string): boolean =>
  text.length <= LONGEST_EMAIL && /^[^\s@<>()[\],;:"\\]+@[^\s@]+\.[^\s@.]{2,}$/u.test(text);
const LONGEST_NAME = 100;

const emailErrors = (field: string, email: string): FieldError[] =>
  isAddress(foldEmail(email)) ? [] : [{ field, key: 'accounts.register.error.email' }];

/** The one field of a form that asks where to write to. */
export function readEmail(body: unknown): Read<{ email: string }> {
  const { email } = typedFields(body, ['email']);
  const errors = emailErrors('email', email);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { email: foldEmail(email) } };
}

/** A new password and nothing else: whoever sends it has shown otherwise who they are. `about` as in `newPasswordErrors`. */
export function readNewPassword(body: unknown, about: readonly string[]): Read<{ next: string }> {
  const { next } = typedFields(body, ['next']);
  const errors = newPasswordErrors('next', next, about);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { next } };
}

/** What registering asks, as typed; a password never comes back. */
export interface TypedRegistration {
  email: string;
  name: string;
  age: string;
  terms: boolean;
  privacy: boolean;
  marketing: boolean;
}

export const typedRegistration = (body: unknown): TypedRegistration => {
  const typed = typedFields(body, ['email', 'name', 'age', 'terms', 'privacy', 'marketing']);
  const { email, name, age, terms, privacy, marketing } = typed;
  return {
    email: email.slice(0, LONGEST_EMAIL),
    name: name.slice(0, LONGEST_NAME),
    age: age === 'yes' || age === 'no' ? age : '',
    terms: terms === 'yes',
    privacy: privacy === 'yes',
    marketing: marketing === 'yes',
  };
};

/** The age question and what must be agreed to, wherever an account begins. */
export function consentErrors({ age, terms, privacy }: TypedRegistration): FieldError[] {
  const errors: FieldError[] = [];
  if (age === '')
    errors.push({ field: 'age', key: 'accounts.register.error.age', values: { years: YOUNGEST } });
  if (!terms) errors.push({ field: 'terms', key: 'accounts.register.error.terms' });
  if (!privacy) errors.push({ field: 'privacy', key: 'accounts.register.error.privacy' });
  return errors;
}

export function nameErrors(name: string): FieldError[] {
  const length = [...name.trim()].length;
  return length > 0 && length <= LONGEST_NAME && !/[\p{Cc}<>]/u.test(name)
    ? []
    : [{ field: 'name', key: 'accounts.register.error.name' }];
}

export type ReadRegistration<Value = { email: string; name: string; password: string; marketing: boolean }> =
  | { ok: true; value: Value }
  | { ok: false; reason: 'too-young' }
  | { ok: false; reason: 'invalid'; errors: FieldError[] };

/** Whoever is too young is told so before anything else is asked: nothing they typed is looked at. */
export function readRegistration(body: unknown, { shop }: { shop: string }): ReadRegistration {
  const typed = typedRegistration(body);
  if (typed.age === 'no') return { ok: false, reason: 'too-young' };
  const { email, name, password } = typedFields(body, ['email', 'name', 'password']);
  const errors = [
    ...nameErrors(name),
    ...emailErrors('email', email),
    ...newPasswordErrors('password', password, [email, name, shop]),
    ...consentErrors(typed),
  ];
  if (errors.length > 0) return { ok: false, reason: 'invalid', errors };
  const { marketing } = typed;
  return { ok: true, value: { email: foldEmail(email), name: name.trim(), password, marketing } };
}

/** What somebody adds to what a provider told of them. The address is asked for unless the provider answers for `email`. */
export function readCompletion(
  body: unknown,
  { email: told }: { email: string | null },
): ReadRegistration<{ email: string; name: string; marketing: boolean }> {
  const typed = typedRegistration(body);
  if (typed.age === 'no') return { ok: false, reason: 'too-young' };
  const { email, name } = typedFields(body, ['email', 'name']);
  const errors = [
    ...nameErrors(name),
    ...(told === null ? emailErrors('email', email) : []),
    ...consentErrors(typed),
  ];
  if (errors.length > 0) return { ok: false, reason: 'invalid', errors };
  const { marketing } = typed;
  return { ok: true, value: { email: foldEmail(told ?? email), name: name.trim(), marketing } };
}
