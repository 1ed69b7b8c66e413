import type { EventContext, Subscriptions } from '../platform/jobs.js';
import type { MailDeps } from './deliver.js';
import { accountLetters } from './account-letters.js';
import { orderLetters } from './order-letters.js';
import { findOrderLetter } from './queries.js';
import { returnLetters } from './returns.js';
import { stockLetters } from './stock.js';

/** Letters that follow from events; `letters.ts` says which, and why the others have none. */
export function mailSubscriptions(deps: MailDeps): Subscriptions {
  const letters: Subscriptions = {
    ...stockLetters(deps),
    ...orderLetters(deps),
    ...returnLetters(deps),
    ...accountLetters(deps),
  };
  return {
    ...letters,
    'letter.resent': {
      // Written anew from today's facts by whoever wrote it first.
      letter: async ({ orderId, letterId }, context) => {
        const first = await findOrderLetter(deps.db, { orderId, letterId });
        const write = first && (letters[first.type]?.letter as Write | undefined);
        if (write) await write(first.payload, context);
      },
    },
  };
}

type Write = (payload: unknown, context: EventContext) => Promise<void>;
