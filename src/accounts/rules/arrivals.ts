import type { Arrival, Provider } from '../providers/arrival.js';

/**
 * What follows when somebody arrives by a provider's word:
 * `enter`: the identity is known; `link`: it is added to the account that has the same address; `register`: they are asked
 * who they are; `closed`: the account is disabled.
 */
export type ArrivalWay = 'enter' | 'link' | 'register' | 'closed';

/**
 * The identity decides; the address helps only where both sides have shown it to be theirs. An account whose address nobody
 * has verified may have been made by somebody else to wait for its owner, and a provider that does not answer for the address
 * could be talked into naming anybody's.
 */
export function wayOf(
  arrival: Pick<Arrival, 'vouched'>,
  found: {
    /** The user whose identity it is. */
    owner: { disabledAt: Date | null } | null;
    /** The user who has the address. */
    namesake: { disabledAt: Date | null; emailVerifiedAt: Date | null } | null;
  },
): ArrivalWay {
  const { owner, namesake } = found;
  if (owner) return owner.disabledAt ? 'closed' : 'enter';
  if (!arrival.vouched || !namesake?.emailVerifiedAt) return 'register';
  return namesake.disabledAt ? 'closed' : 'link';
}

/** How a user can come in. */
export interface WaysLeft {
  hasPassword: boolean;
  identities: readonly { id: number; provider: Provider }[];
}

/** Whether a way in can be taken away: another must be left, and one whose provider is still `offered`. */
export const canRemoveIdentity = (
  { hasPassword, identities }: WaysLeft,
  { id, offered }: { id: number; offered: readonly Provider[] },
): boolean => hasPassword || identities.some(other => other.id !== id && offered.includes(other.provider));
