import type { Request, Response } from 'express';
import { inTransaction } from '../../platform/db.js';
import { localePath, type Flash } from '../../web/index.js';
import { linkShownMailbox } from '../actions/arrivals.js';
import { linkByAddress, noteIdentityUse } from '../actions/identities.js';
import { dropArrival, findMailbox, isAbout, keepArrival } from '../arrivals.js';
import type { AccountsDeps } from '../deps.js';
import { enter } from '../enter.js';
import type { Arrival, Provider } from '../providers/arrival.js';
import { findUser, findUserByEmail } from '../queries.js';
import { findIdentity } from '../queries/identities.js';
import { wayOf } from '../rules/arrivals.js';
import { foldEmail } from '../rules.js';

interface Arriving {
  arrival: Arrival;
  /** Where they were going. */
  back: string;
}

/**
 * Goes on with somebody whom a provider has named: in, or to the page that asks who they are. Nothing is stored of whoever
 * has no account.
 */
export async function arrive(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  { arrival, back }: Arriving,
): Promise<'closed' | 'taken' | null> {
  const { db, answer, now } = deps;
  const { email } = arrival;
  const identity = await findIdentity(db, arrival);
  const owner = identity && (await findUser(db, identity));
  const namesake = email === null ? null : await findUserByEmail(db, { email: foldEmail(email) });
  const way = wayOf(arrival, { owner, namesake });
  if (way === 'closed') return 'closed';
  if (identity && owner) {
    await inTransaction(db, tx => noteIdentityUse(tx, { identityId: identity.id, arrival, now: now() }));
    await enterBy(deps, req, res, { userId: owner.id, arrival, back });
    return null;
  }
  const mailbox = findMailbox(req, now());
  if (mailbox && isAbout(mailbox, arrival)) return await linkMailbox(deps, req, res, { arrival, back });
  if (way === 'link') {
    const userId = await inTransaction(db, tx => linkByAddress(tx, { arrival, now: now() }));
    if (userId !== null) {
      const flash = nowYours(res, arrival.provider);
      await enterBy(deps, req, res, { userId, arrival, back, flash });
      return null;
    }
  }
  await keepArrival(req, { arrival, back, at: now().getTime() });
  answer.redirect(req, res, localePath(res.locals.locale, '/register/complete'));
  return null;
}

/** Links what was shown in this browser by both sides: the mailbox by its letter, the identity by its provider. */
export async function linkMailbox(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  { arrival, back }: Arriving,
): Promise<'closed' | 'taken' | null> {
  const { db, afterVerified, now } = deps;
  const mailbox = findMailbox(req, now())!;
  const isOwn = req.session.registered === mailbox.userId || res.locals.viewer?.userId === mailbox.userId;
  const linked = await inTransaction(db, tx =>
    linkShownMailbox(tx, { mailbox, arrival, isOwn, afterVerified, now: now() }),
  );
  if (!linked.ok) return linked.reason === 'taken' ? 'taken' : 'closed';
  const flash = nowYours(res, arrival.provider);
  await enterBy(deps, req, res, { userId: linked.userId, arrival, back, flash });
  return null;
}

/** In, by the word of a provider: nothing waits in this browser any more. */
export async function enterBy(
  deps: AccountsDeps,
  req: Request,
  res: Response,
  { userId, arrival, back, flash }: Arriving & { userId: number; flash?: Flash },
): Promise<void> {
  const user = await findUser(deps.db, { userId });
  if (!user) throw new Error('a user went while coming in');
  dropArrival(req);
  const entering = { user, via: arrival.provider, remembered: false, back };
  await enter(deps, req, res, flash ? { ...entering, flash } : entering);
}

export const nowYours = (res: Response, provider: Provider): Flash => ({
  kind: 'done',
  key: 'accounts.provider.flash.added',
  values: { provider: res.locals.t(`accounts.provider.name.${provider}`) },
});
