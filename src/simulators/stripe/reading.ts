import type { Stripe } from 'stripe';
import { integerAt, listAt, textAt, treeAt, type FormTree } from './form-body.js';
import { lineItems } from './session-object.js';
import type { StoredSession, StripeState } from './state.js';

/** A session as the API shows it, with the parts named in `expand` unfolded. */
export function expandSession(state: StripeState, stored: StoredSession, params: FormTree): object {
  const expand = listAt(params, 'expand').filter(path => typeof path === 'string');
  const intent = stored.session.payment_intent === null ? undefined : state.intents[stored.intentId ?? ''];
  const unfold = expand.some(path => path.startsWith('payment_intent'));
  return {
    ...stored.session,
    ...(unfold && intent ? { payment_intent: unfoldCharge(state, intent, expand, 'payment_intent.') } : {}),
    ...(expand.includes('line_items')
      ? {
          line_items: asList(
            lineItems(stored),
            false,
            `/v1/checkout/sessions/${stored.session.id}/line_items`,
          ),
        }
      : {}),
  };
}

export function expandIntent(state: StripeState, intent: Stripe.PaymentIntent, params: FormTree): object {
  const expand = listAt(params, 'expand').filter(path => typeof path === 'string');
  return unfoldCharge(state, intent, expand, '');
}

/** The charge an intent ended in; stored objects always name one another by id. */
export function chargeOf(state: StripeState, intent: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return typeof intent.latest_charge === 'string' ? state.charges[intent.latest_charge] : undefined;
}

function unfoldCharge(
  state: StripeState,
  intent: Stripe.PaymentIntent,
  expand: string[],
  prefix: string,
): object {
  const charge = chargeOf(state, intent);
  return expand.includes(`${prefix}latest_charge`) && charge ? { ...intent, latest_charge: charge } : intent;
}

/** One page of a list, newest first, narrowed by `created`, by the named fields and by `types`. */
export function listAnswer(
  rows: readonly object[],
  query: FormTree,
  url: string,
  filters: readonly string[] = [],
): object {
  const range = treeAt(query, 'created');
  const since = integerAt(range, 'gte') ?? (integerAt(range, 'gt') ?? -Infinity) + 1;
  const until = integerAt(range, 'lte') ?? (integerAt(range, 'lt') ?? Infinity) - 1;
  const types = listAt(query, 'types');
  const fitting = (rows as readonly Record<string, unknown>[]).filter(row => {
    const created = typeof row['created'] === 'number' ? row['created'] : 0;
    if (created < since || created > until) return false;
    if (types.length > 0 && !types.includes(String(row['type']))) return false;
    return filters.every(name => textAt(query, name) === null || row[name] === textAt(query, name));
  });
  // Kept in the order they came to be.
  const newest = fitting.toReversed();
  const after = textAt(query, 'starting_after');
  const from = after === null ? 0 : newest.findIndex(row => row['id'] === after) + 1;
  const limit = Math.min(integerAt(query, 'limit') ?? 10, 100);
  return asList(newest.slice(from, from + limit), newest.length > from + limit, url);
}

function asList(data: readonly object[], hasMore: boolean, url: string): object {
  return { object: 'list', data, has_more: hasMore, url };
}
