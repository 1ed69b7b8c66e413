import { fillIn, formsOf, type PageForm } from './forms.js';
import { compareBooks, repairFindings } from './staff-books.js';
import type { Staff } from './staff.js';

interface StaffAction {
  name: string;
  weight: number;
  act: (staff: Staff) => Promise<void>;
}

/** An order of the desk's list in one of these states; null when there is none. */
async function pickOrder(staff: Staff, states: readonly string[]): Promise<string | null> {
  const { text } = await staff.get(`/admin/orders?state=${staff.random.pick(states)}`);
  const numbers = [
    ...new Set([...text.matchAll(/href="\/admin\/orders\/([A-Z0-9]{4}-[A-Z0-9]{4})"/g)].map(([, n]) => n!)),
  ];
  return numbers.length > 0 ? staff.random.pick(numbers) : null;
}

/** Sends a form: once, twice at once, or it is left for a colleague to send as well. */
async function send(staff: Staff, action: string, fields: Record<string, string>): Promise<void> {
  const { random, world } = staff;
  const times = random.chance(0.25) ? 2 : 1;
  if (random.chance(0.3)) world.talk.forms.push({ action, fields });
  await Promise.all(Array.from({ length: times }, () => staff.post(action, fields)));
}

/** Opens a page and sends one of its forms as filled in at random. */
async function sendFormOf(
  staff: Staff,
  page: string,
  action: RegExp,
  typed: Record<string, string> = {},
): Promise<void> {
  const { text } = await staff.get(page);
  const forms: PageForm[] = formsOf(text, action).filter(({ method }) => method === 'post');
  if (forms.length === 0) return;
  const form = staff.random.pick(forms);
  await send(staff, form.action, fillIn(form, staff.random, typed));
}

const dispatch = (staff: Staff) => ({
  carrier: staff.random.pick(['cj', 'hanjin', 'korea_post', 'other']),
  tracking_number: String(staff.random.whole(100_000_000_000, 999_999_999_999)),
});

/** Works out a refund, looks at what it comes to, and confirms. */
async function refund(staff: Staff): Promise<void> {
  const number = await pickOrder(staff, ['paid', 'fulfilling', 'shipped', 'delivered']);
  if (number === null) return;
  const page = `/admin/orders/${number}/refund`;
  const [form] = formsOf((await staff.get(page)).text, /\/refund$/);
  if (!form) return;
  const choice = { ...fillIn(form, staff.random, { cause: 'as agreed' }) };
  if (staff.random.chance(0.6)) choice.delivery = '';
  await sendFormOf(staff, `${page}?${new URLSearchParams(choice).toString()}`, /\/refund$/);
}

async function onOrder(
  staff: Staff,
  states: readonly string[],
  rest: string,
  action: RegExp,
  typed: Record<string, string> = {},
): Promise<void> {
  const number = await pickOrder(staff, states);
  if (number !== null) await sendFormOf(staff, `/admin/orders/${number}${rest}`, action, typed);
}

/** Decides about something that a buyer sends back, or takes it in. */
async function handleReturn(staff: Staff): Promise<void> {
  const { text } = await staff.get('/admin/returns');
  const pages = [...text.matchAll(/href="(\/admin\/orders\/[A-Z0-9-]+\/returns\/[\w-]+)"/g)].map(
    ([, path]) => path!,
  );
  if (pages.length === 0) return;
  const page = staff.random.pick(pages);
  const action = staff.random.weighted([
    { weight: 3, way: /\/acceptance$/ },
    { weight: 1, way: /\/refusal$/ },
    { weight: 5, way: /\/receipt$/ },
    { weight: 1, way: /\/closing$/ },
  ]).way;
  await sendFormOf(staff, page, action, { words: 'The parcel was opened by force.' });
}

/** All that staff may do next, and how often. */
export const STAFF_ACTIONS: readonly StaffAction[] = [
  { name: 'start packing', weight: 3, act: staff => onOrder(staff, ['paid'], '', /\/fulfilment$/) },
  {
    name: 'pack or send pieces',
    weight: 8,
    act: staff => onOrder(staff, ['paid', 'fulfilling'], '/parcels', /\/parcels$/, dispatch(staff)),
  },
  {
    name: 'send a packed parcel',
    weight: 3,
    async act(staff) {
      const number = await pickOrder(staff, ['fulfilling']);
      if (number === null) return;
      const { text } = await staff.get(`/admin/orders/${number}`);
      const parcel = /href="(\/admin\/orders\/[A-Z0-9-]+\/parcels\/\d+)"/.exec(text)?.[1];
      if (parcel) await sendFormOf(staff, parcel, /\/parcels\/\d+$/, dispatch(staff));
    },
  },
  { name: 'unpack', weight: 0.7, act: staff => onOrder(staff, ['fulfilling'], '', /\/unpacking$/) },
  { name: 'deliver', weight: 5, act: staff => onOrder(staff, ['fulfilling', 'shipped'], '', /\/delivery$/) },
  { name: 'refund', weight: 5, act: refund },
  {
    name: 'deal with a refund that failed',
    weight: 1.5,
    async act(staff) {
      const { text } = await staff.get('/admin/orders?refund=failed');
      const number = /href="\/admin\/orders\/([A-Z0-9]{4}-[A-Z0-9]{4})"/.exec(text)?.[1];
      if (number) await sendFormOf(staff, `/admin/orders/${number}`, /\/(retry|taking-back|paid-elsewhere)$/);
    },
  },
  {
    name: 'cancel',
    weight: 1,
    act: staff => onOrder(staff, ['pending', 'paid', 'fulfilling'], '/cancellation', /\/cancellation$/),
  },
  { name: 'handle a return', weight: 4, act: handleReturn },
  {
    name: 'count or receive stock',
    weight: 2,
    async act(staff) {
      const variant = staff.random.pick(staff.world.scarce);
      const typed = { quantity: '2', on_hand: String(staff.random.whole(0, 6)), note: 'counted again' };
      const action = staff.random.pick([/\/receipt$/, /\/correction$/]);
      await sendFormOf(staff, `/admin/stock/${variant}`, action, typed);
    },
  },
  { name: 'compare the books', weight: 0.4, act: compareBooks },
  { name: 'repair what the comparison found', weight: 1, act: repairFindings },
  {
    name: 'send what a colleague filled in',
    weight: 2,
    async act({ world, random, post }) {
      const { forms } = world.talk;
      if (forms.length === 0) return;
      const { action, fields } = random.pick(forms.slice(-10));
      await post(action, fields);
    },
  },
];
