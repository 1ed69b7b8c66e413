import type { Locale } from '../../../lib/locale.js';
import { formatMoney, money, type Currency } from '../../../lib/money.js';
import { formatMoment } from '../../../lib/time.js';
import type { StoryLine } from '../queries/detail.js';

export interface StoryView {
  at: string;
  iso: string;
  /** Key of the sentence and its values. Values that are keys themselves are in `states`. */
  key: string;
  values: Record<string, string | number>;
  /** States to be named in the sentence, as keys of sentences. */
  states: { from?: string; to?: string; kind?: string };
  /** The letter, where it can be sent once more. */
  letterId: number | null;
  /** Key of who acted, or the name of staff. */
  actor: { key: string } | { name: string };
  /** What staff or a rule wrote down, in whatever words. */
  text: string | null;
  /** The cause as the history keeps it: the store's own English. */
  cause: string | null;
}

const ACTORS = ['buyer', 'webhook', 'sweep', 'seed', 'stripe', 'toss'];
const SHIPMENT_KEYS: Record<string, string> = {
  'parcel packed': 'packed',
  'parcel shipped': 'shipped',
  'parcel delivered': 'delivered',
  'parcel tracking corrected': 'corrected',
  'parcel unpacked': 'unpacked',
};
/** Kinds whose lines say all there is to say in their cause. */
const OTHER_KEYS: Record<string, string> = {
  return: 'admin.story.other.return',
};
const REFUND_STEPS = ['requested', 'succeeded', 'failed', 'retried', 'taken-back', 'paid-elsewhere'];

function actorView(actor: string, names: ReadonlyMap<number, string>): StoryView['actor'] {
  const staffId = /^staff:(\d+)$/.exec(actor)?.[1];
  if (staffId) return { name: names.get(Number(staffId)) ?? actor };
  return ACTORS.includes(actor) ? { key: `admin.actor.${actor}` } : { name: actor };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** One line of the story in the reader's language. A kind that is not known here is shown as it is kept. */
export function storyLine(
  line: StoryLine,
  context: { names: ReadonlyMap<number, string>; currency: Currency; locale: Locale },
): StoryView {
  const data = line.data ?? {};
  const base = {
    at: formatMoment(line.at, context.locale),
    iso: line.at.toISOString(),
    values: {},
    states: {},
    letterId: null,
    actor: actorView(line.actor, context.names),
    text: null,
    cause: null,
  };
  const amount =
    typeof data.amount === 'number' ? formatMoney(money(data.amount, context.currency), context.locale) : '';
  if (line.of === 'payment') {
    const states = { from: line.from ? `admin.payment.${line.from}` : '', to: `admin.payment.${line.to}` };
    const key = line.from ? 'admin.story.paymentMoved' : 'admin.story.paymentOpened';
    return { ...base, key, values: { id: line.paymentId ?? 0 }, states, cause: line.cause };
  }
  if (line.of === 'letter')
    return {
      ...base,
      actor: { key: 'admin.actor.store' },
      key: 'admin.story.letter',
      values: { recipient: textOf(data.recipient) },
      states: { kind: `admin.letter.${textOf(data.kind)}` },
      letterId: typeof data.letterId === 'number' ? data.letterId : null,
    };
  switch (line.kind) {
    case 'move': {
      const states = { from: line.from ? `admin.state.${line.from}` : '', to: `admin.state.${line.to}` };
      return {
        ...base,
        key: line.from ? 'admin.story.moved' : 'admin.story.placed',
        states,
        cause: line.cause,
      };
    }
    case 'letter':
      return { ...base, key: 'admin.story.resent', states: { kind: `admin.letter.${textOf(data.letter)}` } };
    case 'note':
      return { ...base, key: 'admin.story.note', text: textOf(data.text) };
    case 'shipment': {
      const known = SHIPMENT_KEYS[line.cause];
      if (!known) break;
      const values = { id: textOf(data.shipmentId), number: textOf(data.trackingNumber) || '–' };
      return { ...base, key: `admin.story.parcel.${known}`, values };
    }
    case 'refund': {
      const step = textOf(data.step);
      if (!REFUND_STEPS.includes(step)) break;
      const code = textOf(data.code);
      if (typeof data.before === 'number' && data.before > 0) {
        const before = formatMoney(money(data.before, context.currency), context.locale);
        return {
          ...base,
          key: `admin.story.refundBefore.${step}`,
          values: { amount, before },
          cause: line.cause,
        };
      }
      return { ...base, key: `admin.story.refund.${step}`, values: { amount }, cause: code || line.cause };
    }
    case 'hold':
      return {
        ...base,
        key: data.held === true ? 'admin.story.held' : 'admin.story.released',
        states: { to: `admin.hold.${textOf(data.hold)}` },
        cause: line.cause,
      };
  }
  return { ...base, key: OTHER_KEYS[line.kind] ?? 'admin.story.other.other', cause: line.cause };
}
