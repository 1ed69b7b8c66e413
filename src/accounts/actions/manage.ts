import { row, rows, type Tx } from '../../platform/db.js';
import { emit } from '../../platform/jobs.js';
import type { Role } from '../rules.js';
import { noteAccountEvent } from './note.js';
import { endSignIns } from './sign-ins.js';

/** Who at the desk does it to whom. */
interface ByStaff {
  userId: number;
  /** `staff:7`. */
  actor: string;
  now: Date;
}

export type ManageResult =
  /** `repeated`: it was so before, and nothing was written. `before`: what was changed, as it was. */
  | { ok: true; repeated: boolean; before?: { role: Role } }
  /** `last-admin`: nobody would be left who may do everything. `own`: nobody does this to themselves. */
  | { ok: false; reason: 'gone' | 'own' | 'last-admin' };

interface Managed {
  role: Role;
  disabledAt: Date | null;
}

/**
 * Locks all administrators, in one order, and then the user: two who take each other's role away take turns, and the second
 * finds that they are the last.
 */
async function lockManaged(
  tx: Tx,
  { userId }: { userId: number },
): Promise<{ user: Managed; isLastAdmin: boolean } | null> {
  const admins = await rows<{ id: number }>(
    tx,
    `select id from users where role = 'admin' and disabled_at is null order by id for no key update`,
  );
  const user = await row<Managed>(
    tx,
    `select role, disabled_at as "disabledAt" from users where id = :userId and erased_at is null for no key update`,
    { userId },
  );
  return user && { user, isLastAdmin: admins.length === 1 && admins[0]!.id === userId };
}

const isOwn = ({ userId, actor }: ByStaff): boolean => actor === `staff:${userId}`;

/** Gives a user another role. They are signed out everywhere: what they may do begins anew with their next sign-in. */
export async function changeRole(tx: Tx, { role, ...by }: ByStaff & { role: Role }): Promise<ManageResult> {
  if (isOwn(by)) return { ok: false, reason: 'own' };
  const found = await lockManaged(tx, by);
  if (!found) return { ok: false, reason: 'gone' };
  if (found.user.role === role) return { ok: true, repeated: true };
  if (found.isLastAdmin) return { ok: false, reason: 'last-admin' };
  const { userId, actor, now } = by;
  await tx('users').where({ id: userId }).update({ role });
  await endSignIns(tx, { userId, now });
  const data = { from: found.user.role, to: role };
  await noteAccountEvent(tx, { userId, kind: 'role-changed', actor, data, now });
  await emit(tx, 'user.role-changed', { userId });
  return { ok: true, repeated: false, before: { role: found.user.role } };
}

/** Shuts a user out, or lets them in again. Whoever is shut out is so on the next request, on every process. */
export async function setDisabled(
  tx: Tx,
  { disabled, ...by }: ByStaff & { disabled: boolean },
): Promise<ManageResult> {
  if (isOwn(by)) return { ok: false, reason: 'own' };
  const found = await lockManaged(tx, by);
  if (!found) return { ok: false, reason: 'gone' };
  if ((found.user.disabledAt !== null) === disabled) return { ok: true, repeated: true };
  if (disabled && found.isLastAdmin) return { ok: false, reason: 'last-admin' };
  const { userId, actor, now } = by;
  await tx('users')
    .where({ id: userId })
    .update({ disabled_at: disabled ? now : null });
  if (disabled) await endSignIns(tx, { userId, now });
  await noteAccountEvent(tx, { userId, kind: disabled ? 'disabled' : 'enabled', actor, now });
  return { ok: true, repeated: false };
}

/** Signs a user out everywhere. */
export async function endAllSignIns(tx: Tx, by: ByStaff): Promise<ManageResult> {
  if (isOwn(by)) return { ok: false, reason: 'own' };
  const { userId, actor, now } = by;
  await endSignIns(tx, { userId, now });
  await noteAccountEvent(tx, { userId, kind: 'sign-ins-ended', actor, now });
  return { ok: true, repeated: false };
}
