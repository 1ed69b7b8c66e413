import { readOrderNumber } from '../lib/ids.js';
import { typedFields, type FieldError, type Read } from '../web/index.js';

export const typedFind = (body: unknown): Record<string, string> => typedFields(body, ['email', 'number']);

/** E-mail and order number of "find my order", as people type them. */
export function readFind(typed: Record<string, string>): Read<{ email: string; number: string }> {
  const errors: FieldError[] = [];
  const email = (typed.email ?? '').normalize('NFC').trim();
  if (!/^[^\s@]{1,64}@[^\s@]{3,190}$/.test(email))
    errors.push({ field: 'email', key: 'orders.find.error.email' });
  const number = readOrderNumber(typed.number ?? '');
  if (!number) errors.push({ field: 'number', key: 'orders.find.error.number' });
  return errors.length > 0 || !number ? { ok: false, errors } : { ok: true, value: { email, number } };
}
