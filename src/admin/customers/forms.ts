import { isAddress, ROLES, type Role } from '../../accounts/index.js';
import { readId, typedFields, type FieldError, type Read } from '../../web/index.js';

export const STATES = ['verified', 'unverified', 'disabled', 'erased'] as const;
export type CustomerState = (typeof STATES)[number];

/** What a list of customers shows, as its address says it; '' leaves nothing out. */
export interface CustomerFilter {
  text: string;
  role: Role | '';
  state: CustomerState | '';
}

const LONGEST_TEXT = 100;

const one = <T extends string>(value: unknown, of: readonly T[]): T | '' =>
  of.find(each => each === value) ?? '';

export function readCustomerQuery(query: Record<string, unknown>): CustomerFilter & { after: number | null } {
  const { q, role, state, after } = query;
  return {
    text: typeof q === 'string' && !q.includes('\0') ? q.trim().slice(0, LONGEST_TEXT) : '',
    role: one(role, ROLES),
    state: one(state, STATES),
    after: readId(after),
  };
}

/** The address of such a list. */
export function customersPath({ text, role, state }: CustomerFilter, after?: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ q: text, role, state })) if (value) query.set(name, value);
  if (after !== undefined) query.set('after', String(after));
  return `/admin/customers${query.size > 0 ? `?${query.toString()}` : ''}`;
}

const LONGEST_REASON = 300;

/** Why something is taken from somebody; the audit log keeps it. */
export function readReason(body: unknown): Read<{ reason: string }> {
  const { reason } = typedFields(body, ['reason']);
  const text = reason.trim();
  return text.length > 0 && text.length <= LONGEST_REASON
    ? { ok: true, value: { reason: text } }
    : { ok: false, errors: [{ field: 'reason', key: 'admin.customers.error.reason' }] };
}

export function readRoleChange(body: unknown): Read<{ role: Role; reason: string }> {
  const role = one(typedFields(body, ['role']).role, ROLES);
  const reason = readReason(body);
  const errors: FieldError[] = role === '' ? [{ field: 'role', key: 'admin.customers.error.role' }] : [];
  if (!reason.ok) errors.push(...reason.errors);
  return role !== '' && reason.ok ? { ok: true, value: { role, ...reason.value } } : { ok: false, errors };
}

/** Whom to invite to the desk, and as what. */
export function readInvitation(body: unknown): Read<{ email: string; role: Exclude<Role, 'customer'> }> {
  const { email, role: typed } = typedFields(body, ['email', 'role']);
  const role = one(typed, ['staff', 'admin'] as const);
  const errors: FieldError[] = [];
  if (!isAddress(email)) errors.push({ field: 'email', key: 'admin.customers.error.email' });
  if (role === '') errors.push({ field: 'role', key: 'admin.customers.error.role' });
  return errors.length === 0 && role !== '' ? { ok: true, value: { email, role } } : { ok: false, errors };
}
