import { emit } from '../../platform/jobs.js';
import { change, refuse, row, type Tx } from '../../platform/db.js';
import type { AfterVerified } from '../deps.js';
import { foldEmail } from '../rules.js';
import { GONE, type Used } from './mailbox.js';
import { noteAccountEvent } from './note.js';
import { dropForeignFactor } from './second-factor.js';
import { endSignIns } from './sign-ins.js';
import { takeEmail } from './take-email.js';
import { endUserTokens, useUserToken } from './tokens.js';

/**
 * Somebody wants another address. Nothing changes yet: a letter to the new one carries the link that does it, and one to
 * the old one says so. An earlier wish is given up.
 */
export async function askEmailChange(
  tx: Tx,
  { userId, email, now }: { userId: number; email: string; now: Date },
): Promise<void> {
  await row(tx, `select id from users where id = :userId for no key update`, { userId });
  await endUserTokens(tx, { userId, purpose: 'change-email', now });
  const data = { email: foldEmail(email) };
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'email-change-asked', data, now });
  await emit(tx, 'user.email-asked', { userId, accountEventId });
}

export type EmailChange = Used | { ok: false; reason: 'taken' };
const TAKEN = { ok: false, reason: 'taken' } as const;

/**
 * The new address counts: its own link was used. Links to the old one end, everybody is signed out, and the old address is
 * told. Refused, and the link stays good, where the address is somebody's by now. Locks the user, then what `afterVerified`
 * locks; the address comes last, because from then on nothing that names the user can be written elsewhere.
 */
export async function changeEmail(
  tx: Tx,
  { token, afterVerified, now }: { token: string; afterVerified: AfterVerified; now: Date },
): Promise<EmailChange> {
  const used = await useUserToken(tx, { token, purpose: 'change-email', now });
  if (!used) return GONE;
  const { userId } = used;
  const to = String(used.data.email);
  const user = await row<{ email: string }>(tx, `select email from users where id = :userId`, { userId });
  if (!user) return GONE;
  for (const purpose of ['verify-email', 'reset-password'] as const)
    await endUserTokens(tx, { userId, purpose, now });
  await endSignIns(tx, { userId, now });
  await afterVerified(tx, { userId, email: to, now });
  if (!(await takeEmail(tx, { userId, email: to, now }))) return refuse<EmailChange>(TAKEN);
  const data = { from: user.email, to };
  const accountEventId = await noteAccountEvent(tx, { userId, kind: 'email-changed', data, now });
  if (user.email !== to) await emit(tx, 'user.email-changed', { userId, accountEventId });
  return { ok: true, userId };
}

/**
 * The old address says that it was not its owner who asked: the wish is given up, or the change taken back, and everybody is
 * signed out. Whoever asked may know the password and may have added ways in: all of them are dropped, and the owner sets a
 * new password by mail. Refused, and the link stays good, where the address is somebody else's by now.
 */
export async function keepEmail(tx: Tx, { token, now }: { token: string; now: Date }): Promise<EmailChange> {
  const used = await useUserToken(tx, { token, purpose: 'keep-email', now });
  if (!used) return GONE;
  const { userId } = used;
  for (const purpose of ['change-email', 'verify-email', 'reset-password', 'link-identity'] as const)
    await endUserTokens(tx, { userId, purpose, now });
  await endSignIns(tx, { userId, now });
  // Whoever asked for the other address may have locked the door behind them.
  await dropForeignFactor(tx, { userId, any: false, now });
  await tx('identities').where({ user_id: userId }).delete();
  await change(tx, `update users set password_hash = null where id = :userId`, { userId });
  if (!(await takeEmail(tx, { userId, email: String(used.data.email), now })))
    return refuse<EmailChange>(TAKEN);
  await noteAccountEvent(tx, { userId, kind: 'email-kept', now });
  return { ok: true, userId };
}
