import type { z } from 'zod';
import type { Translate } from '../platform/i18n.js';

/** One thing wrong with a form: the field, and the key of the sentence that names the rule and the mending. */
export interface FieldError {
  field: string;
  key: string;
  values?: Record<string, string | number>;
}

/** What a form said: its value, or what to mend. `typed` is every field as it was typed, for showing it again. */
export type Read<T> = { ok: true; value: T } | { ok: false; errors: FieldError[] };

/** The fields of a posted form, or of a query, as texts. Nested and repeated fields are not ours: the first text counts, or none. */
export function typedFields<N extends string>(body: unknown, names: readonly N[]): Record<N, string> {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return Object.fromEntries(
    names.map(name => {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, typeof value === 'string' ? value : ''];
    }),
  ) as Record<N, string>;
}

/** zod's issues as field errors; each message of a schema is the key of a sentence. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  const seen = new Set<string>();
  return error.issues.flatMap(issue => {
    const field = String(issue.path[0] ?? '');
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ field, key: issue.message }];
  });
}

/** Field errors in the reader's language, as the summary on top and the fields themselves print them. */
export const errorTexts = (t: Translate, errors: readonly FieldError[]): { field: string; text: string }[] =>
  errors.map(({ field, key, values }) => ({ field, text: t(key, values) }));

/** The number of a row, as an address or a form names it; null for what cannot be one. */
export const readId = (value: unknown): number | null =>
  typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null;
