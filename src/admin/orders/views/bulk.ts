import { labelLines } from '../../../lib/address.js';
import type { Locale } from '../../../lib/locale.js';
import { printPhone } from '../../../lib/phone.js';
import { formatMoment } from '../../../lib/time.js';
import type { SlipOrder } from '../queries/bulk.js';
import { STATE_BADGE } from './list.js';

/** How starting to fulfil went for one order, said by what the order is now. */
type Outcome = 'begun' | 'held' | 'unpaid' | 'past' | 'ended' | 'waiting';

export interface OutcomeView {
  number: string;
  href: string;
  state: SlipOrder['state'];
  stateBadge: string;
  outcome: Outcome;
}

function outcomeOf({ state, hold }: SlipOrder): Outcome {
  if (state === 'fulfilling') return 'begun';
  if (state === 'paid') return hold ? 'held' : 'waiting';
  if (state === 'pending') return 'unpaid';
  return state === 'shipped' || state === 'delivered' ? 'past' : 'ended';
}

export const outcomeView = (order: SlipOrder): OutcomeView => ({
  number: order.number,
  href: `/admin/orders/${order.number}`,
  state: order.state,
  stateBadge: STATE_BADGE[order.state],
  outcome: outcomeOf(order),
});

export interface SlipView {
  number: string;
  placedAt: string;
  method: string;
  address: string[];
  phone: string;
  note: string;
  /** Only what has still to leave. */
  lines: { sku: string; name: string; variantName: string; left: number }[];
  pieces: number;
  /** Why nothing may be packed; the slip says so instead of being packed by mistake. */
  stop: 'held' | 'nothing' | null;
}

export function slipView(order: SlipOrder, locale: Locale): SlipView {
  const lines = order.lines.filter(({ left }) => left > 0);
  const packable = ['paid', 'fulfilling'].includes(order.state) && lines.length > 0;
  return {
    number: order.number,
    placedAt: formatMoment(order.createdAt, locale),
    method: order.shippingMethodName,
    address: labelLines(order, locale),
    phone: printPhone(order.phone, order.country),
    note: order.note,
    lines,
    pieces: lines.reduce((sum, { left }) => sum + left, 0),
    stop: order.hold ? 'held' : packable ? null : 'nothing',
  };
}
