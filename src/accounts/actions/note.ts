import type { Tx } from '../../platform/db.js';

/** What can happen to an account. */
export type AccountEvent =
  | 'erased'
  | 'profile-changed'
  | 'avatar-set'
  | 'avatar-removed'
  | 'marketing-changed'
  | 'registered'
  | 'email-verified'
  | 'password-changed'
  | 'password-reset'
  | 'email-change-asked'
  | 'email-changed'
  | 'email-kept'
  | 'email-given-up'
  | 'identity-added'
  | 'identity-asked'
  | 'identity-removed'
  | 'sign-in-ended'
  | 'other-sign-ins-ended'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'address-saved'
  | 'address-removed'
  | 'sign-ins-ended'
  | 'invited'
  | 'role-changed'
  | 'disabled'
  | 'enabled';

/**
 * Writes what happened to an account into its history, in the transaction of the change itself. `actor`: `user`,
 * `staff:7`, or `operator` for whoever runs the store's own commands. `data` holds no secret: a digest, a token or a
 * password has no place in it. Returns the row's id.
 */
export async function noteAccountEvent(
  tx: Tx,
  {
    userId,
    kind,
    actor = 'user',
    data = {},
    now,
  }: {
    userId: number;
    kind: AccountEvent;
    actor?: string;
    data?: Readonly<Record<string, unknown>>;
    now: Date;
  },
): Promise<number> {
  const [event] = await tx('account_events')
    .insert({ user_id: userId, at: now, actor, kind, data: JSON.stringify(data) })
    .returning<{ id: number }[]>('id');
  return event!.id;
}
