import {
  closeErasure,
  findErasure,
  findSecondFactor,
  findUser,
  findUserByAddress,
  isKept,
  type User,
} from '../accounts/index.js';
import { formatDay } from '../lib/time.js';
import { inTransaction } from '../platform/db.js';
import { translator } from '../platform/i18n.js';
import type { Subscriptions } from '../platform/jobs.js';
import { accountWriter } from './account-writer.js';
import { forgetLettersTo, forgetRecipients } from './actions.js';
import type { MailDeps } from './deliver.js';

/** Letters about an account: registering, ways in, passwords, addresses, the desk, one's data. */
export function accountLetters(deps: MailDeps): Subscriptions {
  const { db } = deps;
  const { pageOf, linkTo, send, tell, tellOf } = accountWriter(deps);

  const security = (user: User) => ({ url: pageOf(user, '/account/security') });
  const known = (user: User) => ({
    url: pageOf(user, '/sign-in'),
    otherUrl: pageOf(user, '/forgot-password'),
  });
  const providerName = (user: User, provider: unknown) =>
    translator(user.locale)(`accounts.provider.name.${provider === 'kakao' ? 'kakao' : 'google'}`);
  const identity = (user: User, { provider }: { userId: number; provider: string }) => ({
    url: pageOf(user, '/account/identities'),
    otherUrl: pageOf(user, '/forgot-password'),
    values: { provider: providerName(user, provider) },
  });

  return {
    'user.registered': {
      letter: tell(
        'user-verify',
        async (user, _, context) => ({
          url: await linkTo(user, 'verify-email', { email: user.email }, context),
        }),
        { unless: user => user.emailVerifiedAt !== null },
      ),
    },
    'user.known': { letter: tell('user-known', known) },
    'user.reset-asked': {
      letter: tell('user-reset', async (user, _, context) => ({
        url: await linkTo(user, 'reset-password', { email: user.email }, context),
      })),
    },
    'user.password-changed': {
      letter: tell('user-password-changed', user => ({ url: pageOf(user, '/forgot-password') })),
    },
    'user.second-factor-on': { letter: tell('user-second-factor-on', security) },
    'user.second-factor-off': { letter: tell('user-second-factor-off', security) },
    'user.recovered': {
      letter: tell('user-recovered', async (user, { userId }) => {
        const left = (await findSecondFactor(db, { userId }))?.codesLeft ?? 0;
        return { ...security(user), values: { left: String(left) } };
      }),
    },
    'identity.asked': {
      letter: tellOf(async (user, asked, context) => {
        await send('user-identity-asked', { user }, context, async () => ({
          url: await linkTo(user, 'link-identity', { ...asked, email: user.email }, context),
          values: { provider: providerName(user, asked.provider) },
        }));
      }),
    },
    'identity.added': { letter: tell('user-identity-added', identity) },
    'identity.removed': { letter: tell('user-identity-removed', identity) },
    'user.email-asked': {
      toNew: tellOf(async (user, data, context) => {
        const to = String(data.email);
        // Whoever has an account with that address is told so; who asked for it hears nothing of that.
        const owner = await findUserByAddress(db, { email: to });
        if (owner && isKept(owner))
          return await send('user-known', { user: owner }, context, () => known(owner));
        await send('user-email-new', { user, to }, context, async () => ({
          url: await linkTo(user, 'change-email', { email: to }, context),
        }));
      }),
      toOld: tellOf(async (user, asked, context) => {
        // What was proposed for an address nobody has verified is nobody's loss, and no letter to a stranger.
        if (!user.emailVerifiedAt || user.email === asked.email) return;
        await send('user-email-old', { user }, context, async () => ({
          url: await linkTo(user, 'keep-email', { email: user.email }, context),
          values: { email: String(asked.email) },
        }));
      }),
    },
    'user.email-changed': {
      letter: tellOf(async (user, { from }, context) => {
        const to = String(from);
        await send('user-email-changed', { user, to }, context, async () => ({
          url: await linkTo(user, 'keep-email', { email: to }, context),
          values: { email: user.email },
        }));
      }),
    },
    'user.invited': {
      letter: tellOf(async (user, { role }, context) => {
        await send('user-invited', { user }, context, async () => ({
          url: await linkTo(user, 'invite', { role: String(role), email: user.email }, context),
        }));
      }),
    },
    'user.role-changed': { letter: tell('user-role-changed', user => ({ url: pageOf(user, '/sign-in') })) },
    'user.export-made': {
      letter: tell(
        'user-exported',
        async (user, { exportId }: { userId: number; exportId: number }, context) => ({
          url: await linkTo(user, 'export', { exportId }, context),
        }),
      ),
    },
    'user.erased': {
      letter: async ({ userId }, context) => {
        const [user, left] = [await findUser(db, { userId }), await findErasure(db, { userId })];
        if (!user || !left) return;
        const { email, locale, keptOrders, keptUntil } = left;
        const reader = { ...user, locale };
        await send(
          keptUntil ? 'user-erased-kept' : 'user-erased',
          { user: reader, to: email },
          context,
          () => ({
            url: pageOf(reader, '/policies/privacy'),
            ...(keptUntil
              ? { values: { orders: String(keptOrders), until: formatDay(keptUntil, locale) } }
              : {}),
          }),
        );
        await inTransaction(db, async tx => {
          await forgetLettersTo(tx, { email });
          await closeErasure(tx, { userId, now: context.now });
        });
      },
    },
    'order.scrubbed': {
      letters: async ({ orderId }) => {
        await inTransaction(db, tx => forgetRecipients(tx, { orderId }));
      },
    },
  };
}
