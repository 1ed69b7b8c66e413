import { formatDay } from '../lib/time.js';
import {
  closeErasure,
  findAccountEvent,
  findErasure,
  findSecondFactor,
  findUser,
  findUserByAddress,
  isKept,
  openUserToken,
  type TokenPurpose,
  type User,
} from '../accounts/index.js';
import { translator } from '../platform/i18n.js';
import { inTransaction } from '../platform/db.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import { localePath } from '../web/index.js';
import { forgetLettersTo, forgetRecipients } from './actions.js';
import { deliver, type MailDeps } from './deliver.js';
import { renderAccountLetter, type AccountLetter, type AccountLetterKind } from './views.js';

/**
 * Letters about an account, in its owner's language. Their links are made when the letter is written, at every try anew:
 * only digests are kept. Whoever has not shown that the address is theirs is not greeted by name: the name may be a
 * stranger's message.
 */
export function accountLetters(deps: MailDeps): Subscriptions {
  const { db, config } = deps;
  const find = (userId: number) => findUser(db, { userId });

  const linkTo = async (
    user: User,
    path: string,
    purpose: TokenPurpose,
    data: Record<string, unknown>,
    now: Date,
  ): Promise<string> => {
    const token = await openUserToken(db, { userId: user.id, purpose, data, now });
    return config.baseUrl + localePath(user.locale, `${path}/${token}`);
  };
  const page = (user: User, path: string) => config.baseUrl + localePath(user.locale, path);

  const send = async (
    kind: AccountLetterKind,
    { user, to = user.email }: { user: User; to?: string },
    context: EventContext,
    compose: () => Promise<Omit<AccountLetter, 'name' | 'values'> & Partial<Pick<AccountLetter, 'values'>>>,
  ): Promise<void> => {
    const { locale } = user;
    await deliver(deps, { kind, recipient: to, locale, about: `user-${user.id}` }, context, async () => {
      const letter = { name: user.emailVerifiedAt ? user.name : '', values: {}, ...(await compose()) };
      return renderAccountLetter(kind, { locale, shop: config.shop, baseUrl: config.baseUrl, letter });
    });
  };

  /** A wish, or that it was done: what the user's history says of it. */
  const change = async ({ userId, accountEventId }: { userId: number; accountEventId: number }) => {
    const [user, data] = [await find(userId), await findAccountEvent(db, { userId, accountEventId })];
    return user && !user.disabledAt && data ? { user, data } : null;
  };

  /** That something about signing in was changed, whoever did it. */
  const tell =
    (
      kind: AccountLetterKind,
      values: (user: User) => Promise<Record<string, string>> = () => Promise.resolve({}),
    ) =>
    async ({ userId }: { userId: number }, context: EventContext): Promise<void> => {
      const user = await find(userId);
      if (!user || user.disabledAt) return;
      await send(kind, { user }, context, async () => ({
        url: page(user, '/account/security'),
        values: await values(user),
      }));
    };

  const nameOf = (user: User, provider: unknown) =>
    translator(user.locale)(`accounts.provider.name.${provider === 'kakao' ? 'kakao' : 'google'}`);

  /** A way in came or went: its owner hears of it, whoever did it. */
  const identityLetter =
    (kind: 'user-identity-added' | 'user-identity-removed') =>
    async ({ userId, provider }: { userId: number; provider: string }, context: EventContext) => {
      const user = await find(userId);
      if (!user || user.disabledAt) return;
      await send(kind, { user }, context, () =>
        Promise.resolve({
          url: page(user, '/account/identities'),
          otherUrl: page(user, '/forgot-password'),
          values: { provider: nameOf(user, provider) },
        }),
      );
    };

  return {
    'identity.asked': {
      letter: async (payload, context) => {
        const asked = await change(payload);
        if (!asked) return;
        const { user, data } = asked;
        await send('user-identity-asked', { user }, context, async () => ({
          url: await linkTo(
            user,
            '/link-identity',
            'link-identity',
            { ...data, email: user.email },
            context.now,
          ),
          values: { provider: nameOf(user, data.provider) },
        }));
      },
    },
    'identity.added': { letter: identityLetter('user-identity-added') },
    'identity.removed': { letter: identityLetter('user-identity-removed') },
    'user.registered': {
      letter: async ({ userId }, context) => {
        const user = await find(userId);
        if (!user || user.emailVerifiedAt || user.disabledAt) return;
        const data = { email: user.email };
        await send('user-verify', { user }, context, async () => ({
          url: await linkTo(user, '/verify-email', 'verify-email', data, context.now),
        }));
      },
    },
    'user.known': {
      letter: async ({ userId }, context) => {
        const user = await find(userId);
        if (!user || user.disabledAt) return;
        await send('user-known', { user }, context, () =>
          Promise.resolve({ url: page(user, '/sign-in'), otherUrl: page(user, '/forgot-password') }),
        );
      },
    },
    'user.reset-asked': {
      letter: async ({ userId }, context) => {
        const user = await find(userId);
        if (!user || user.disabledAt) return;
        const data = { email: user.email };
        await send('user-reset', { user }, context, async () => ({
          url: await linkTo(user, '/reset-password', 'reset-password', data, context.now),
        }));
      },
    },
    'user.password-changed': {
      letter: async ({ userId }, context) => {
        const user = await find(userId);
        if (!user || user.disabledAt) return;
        await send('user-password-changed', { user }, context, () =>
          Promise.resolve({ url: page(user, '/forgot-password') }),
        );
      },
    },
    'user.second-factor-on': { letter: tell('user-second-factor-on') },
    'user.second-factor-off': { letter: tell('user-second-factor-off') },
    'user.recovered': {
      letter: tell('user-recovered', async ({ id: userId }) => ({
        left: String((await findSecondFactor(db, { userId }))?.codesLeft ?? 0),
      })),
    },
    'user.erased': {
      letter: async ({ userId }, context) => {
        const [user, left] = [await find(userId), await findErasure(db, { userId })];
        if (!user || !left) return;
        const { email, locale, keptOrders, keptUntil } = left;
        const reader = { ...user, locale };
        await send(keptUntil ? 'user-erased-kept' : 'user-erased', { user: reader, to: email }, context, () =>
          Promise.resolve({
            url: page(reader, '/policies/privacy'),
            values: keptUntil ? { orders: String(keptOrders), until: formatDay(keptUntil, locale) } : {},
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
    'user.export-made': {
      letter: async ({ userId, exportId }, context) => {
        const user = await find(userId);
        if (!user || user.disabledAt) return;
        await send('user-exported', { user }, context, async () => ({
          url: await linkTo(user, '/account/export', 'export', { exportId }, context.now),
        }));
      },
    },
    'user.invited': {
      letter: async (payload, context) => {
        const invited = await change(payload);
        if (!invited) return;
        const { user, data } = invited;
        await send('user-invited', { user }, context, async () => ({
          url: await linkTo(
            user,
            '/staff-invitation',
            'invite',
            { role: String(data.role), email: user.email },
            context.now,
          ),
        }));
      },
    },
    'user.role-changed': {
      letter: async ({ userId }, context) => {
        const user = await find(userId);
        if (!user || user.disabledAt) return;
        await send('user-role-changed', { user }, context, () =>
          Promise.resolve({ url: page(user, '/sign-in') }),
        );
      },
    },
    'user.email-asked': {
      toNew: async (payload, context) => {
        const asked = await change(payload);
        if (!asked) return;
        const { user, data } = asked;
        const to = String(data.email);
        // Whoever has an account with that address is told so; who asked for it hears nothing of that.
        const owner = await findUserByAddress(db, { email: to });
        if (owner && isKept(owner))
          return await send('user-known', { user: owner }, context, () =>
            Promise.resolve({ url: page(owner, '/sign-in'), otherUrl: page(owner, '/forgot-password') }),
          );
        await send('user-email-new', { user, to }, context, async () => ({
          url: await linkTo(user, '/email-change', 'change-email', { email: to }, context.now),
        }));
      },
      toOld: async (payload, context) => {
        const asked = await change(payload);
        if (!asked) return;
        const { user, data } = asked;
        // What was proposed for an address nobody has verified is nobody's loss, and no letter to a stranger.
        if (!user.emailVerifiedAt || user.email === data.email) return;
        await send('user-email-old', { user }, context, async () => ({
          url: await linkTo(user, '/keep-email', 'keep-email', { email: user.email }, context.now),
          values: { email: String(data.email) },
        }));
      },
    },
    'user.email-changed': {
      letter: async (payload, context) => {
        const changed = await change(payload);
        if (!changed) return;
        const { user, data } = changed;
        const from = String(data.from);
        await send('user-email-changed', { user, to: from }, context, async () => ({
          url: await linkTo(user, '/keep-email', 'keep-email', { email: from }, context.now),
          values: { email: user.email },
        }));
      },
    },
  };
}
