import type { Locale } from '../../lib/locale.js';
import type { Money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';
import type { Order } from '../../orders/index.js';
import type { ListedReturn, Reason, Return, ReturnKind, ReturnState } from '../../returns/index.js';

export const RETURN_BADGE: Record<ReturnState, string> = {
  requested: 'warn',
  accepted: '',
  refused: 'danger',
  received: 'done',
  closed: '',
};

export interface ListedReturnView {
  name: string;
  href: string;
  kind: ReturnKind;
  state: ReturnState;
  badge: string;
  createdAt: string;
  pieces: number;
}

export const listedReturnView = (found: ListedReturn, locale: Locale): ListedReturnView => ({
  name: `${found.orderNumber}-${found.number}`,
  href: `/admin/orders/${found.orderNumber}/returns/${found.number}`,
  kind: found.kind,
  state: found.state,
  badge: RETURN_BADGE[found.state],
  createdAt: formatMoment(found.createdAt, locale),
  pieces: found.pieces,
});

export interface DeskReturnView {
  name: string;
  path: string;
  order: { number: string; path: string };
  kind: ReturnKind;
  state: ReturnState;
  badge: string;
  reason: Reason | null;
  note: string;
  refusal: string;
  createdAt: string;
  lines: { name: string; quantity: number; restockField: string }[];
  photos: string[];
  shippingLeft: Money;
  /** Where money was given by hand at the provider: how much counts as given for what is left, and what can still go back. */
  byHand: { before: Money; amount: Money } | null;
  delivery: string;
  words: string;
  may: { accept: boolean; refuse: boolean; receive: boolean; close: boolean };
}

export function deskReturnView(facts: {
  order: Order;
  found: Return;
  path: string;
  locale: Locale;
  shippingLeft: Money;
  byHand: DeskReturnView['byHand'];
  delivery: string;
  words: string;
  mayDecide: boolean;
  mayRefund: boolean;
}): DeskReturnView {
  const { order, found, path, mayDecide } = facts;
  const { state } = found;
  return {
    name: `${order.number}-${found.number}`,
    path,
    order: { number: order.number, path: `/admin/orders/${order.number}` },
    kind: found.kind,
    state,
    badge: RETURN_BADGE[state],
    reason: found.reason,
    note: found.note,
    refusal: found.refusal,
    createdAt: formatMoment(found.createdAt, facts.locale),
    lines: found.lines.map(({ orderLineId, name, variantName, quantity }) => ({
      name: [name, variantName].filter(Boolean).join(' · '),
      quantity,
      restockField: `restock_${orderLineId}`,
    })),
    photos: Array.from({ length: found.photos }, (_, index) => `${path}/photos/${index + 1}`),
    shippingLeft: facts.shippingLeft,
    byHand: facts.byHand,
    delivery: facts.delivery,
    words: facts.words,
    may: {
      accept: mayDecide && state === 'requested',
      refuse: mayDecide && state === 'requested',
      receive: facts.mayRefund && state === 'accepted',
      close: mayDecide && (state === 'requested' || state === 'accepted'),
    },
  };
}
