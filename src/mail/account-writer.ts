import {
  findAccountEvent,
  findUser,
  openUserToken,
  type TokenPurpose,
  type User,
} from '../accounts/index.js';
import type { EventContext } from '../platform/jobs.js';
import { localePath } from '../web/index.js';
import { deliver, type MailDeps } from './deliver.js';
import { renderAccountLetter, type AccountLetter, type AccountLetterKind } from './views.js';

/** Where the link of each purpose leads. */
const LANDING: Record<TokenPurpose, string> = {
  'verify-email': '/verify-email',
  'reset-password': '/reset-password',
  'change-email': '/email-change',
  'keep-email': '/keep-email',
  'link-identity': '/link-identity',
  invite: '/staff-invitation',
  export: '/account/export',
};

/** What one letter says besides its kind; `values` fill its sentences. */
type Content = Pick<AccountLetter, 'url' | 'otherUrl'> & Partial<Pick<AccountLetter, 'values'>>;

/**
 * Writes to a user in their language. Links with a token are made when the letter is written, at every try anew: only
 * digests are kept. Whoever has not shown that the address is theirs is not greeted by name: the name may be a stranger's
 * message.
 */
export function accountWriter(deps: MailDeps) {
  const { db, config } = deps;

  /** The address of a page in the user's language. */
  const pageOf = ({ locale }: User, path: string): string => config.baseUrl + localePath(locale, path);

  /** The address of a page with a token that is good once, for one purpose. */
  const linkTo = async (
    user: User,
    purpose: TokenPurpose,
    data: Record<string, unknown>,
    { now }: EventContext,
  ): Promise<string> => {
    const token = await openUserToken(db, { userId: user.id, purpose, data, now });
    return pageOf(user, `${LANDING[purpose]}/${token}`);
  };

  const send = async (
    kind: AccountLetterKind,
    { user, to = user.email }: { user: User; to?: string },
    context: EventContext,
    compose: () => Content | Promise<Content>,
  ): Promise<void> => {
    const { locale } = user;
    await deliver(deps, { kind, recipient: to, locale, about: `user-${user.id}` }, context, async () => {
      const letter = { name: user.emailVerifiedAt ? user.name : '', values: {}, ...(await compose()) };
      return renderAccountLetter(kind, { locale, shop: config.shop, baseUrl: config.baseUrl, letter });
    });
  };

  /** Writes to the user of an event, if they are still there and may still come in. */
  const tell =
    <P extends { userId: number }>(
      kind: AccountLetterKind,
      compose: (user: User, payload: P, context: EventContext) => Content | Promise<Content>,
      { unless = () => false }: { unless?: (user: User) => boolean } = {},
    ) =>
    async (payload: P, context: EventContext): Promise<void> => {
      const user = await findUser(db, payload);
      if (!user || user.disabledAt || unless(user)) return;
      await send(kind, { user }, context, () => compose(user, payload, context));
    };

  /** Writes of a wish, or that it was done: what the user's history says of it comes along. */
  const tellOf =
    (write: (user: User, data: Record<string, unknown>, context: EventContext) => Promise<void>) =>
    async (payload: { userId: number; accountEventId: number }, context: EventContext): Promise<void> => {
      const [user, data] = [await findUser(db, payload), await findAccountEvent(db, payload)];
      if (user && !user.disabledAt && data) await write(user, data, context);
    };

  return { pageOf, linkTo, send, tell, tellOf };
}
