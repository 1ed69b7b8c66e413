import type { Action, Buyer } from './buyer.js';
import { fillIn, formsOf } from './forms.js';

const hasOrder = (buyer: Buyer) => buyer.orders.length > 0;

/** The address of something about one of the buyer's orders, with the key. */
function ownPath(buyer: Buyer, rest: string): string {
  const { link } = buyer.random.pick(buyer.orders);
  const [page, key] = link.split('?');
  return `${page}/${rest}?${key}`;
}

/** Opens a page, fills in its form and sends it, now and then twice at once. */
async function sendForm(
  buyer: Buyer,
  page: string,
  action: RegExp,
  typed: Record<string, string> = {},
): Promise<void> {
  const { browser, random } = buyer;
  const shown = await browser.open(page);
  const [form] = formsOf(shown.text, action);
  if (!form) return;
  const fields = fillIn(form, random, typed);
  const times = random.chance(0.3) ? 2 : 1;
  await Promise.all(Array.from({ length: times }, () => browser.post(form.action, fields)));
}

/** What a buyer does after paying. */
export const AFTERCARE_ACTIONS: readonly Action[] = [
  {
    name: 'cancel what is paid',
    weight: 1.5,
    can: hasOrder,
    act: buyer => sendForm(buyer, ownPath(buyer, 'cancellation'), /\/cancellation\?/),
  },
  {
    name: 'withdraw',
    weight: 2,
    can: hasOrder,
    act: buyer => sendForm(buyer, ownPath(buyer, 'withdrawal'), /\/withdrawal\?/),
  },
  {
    name: 'ask for a return',
    weight: 1,
    can: hasOrder,
    act: buyer =>
      sendForm(buyer, ownPath(buyer, 'returns'), /\/returns\?/, { note: 'It arrived with a dent.' }),
  },
  {
    name: 'say where the deposit goes back to',
    weight: 1.5,
    can: hasOrder,
    act: buyer =>
      sendForm(buyer, ownPath(buyer, 'refund-account'), /\/refund-account\?/, {
        account_number: '110123456789',
        holder: '김민지',
      }),
  },
  {
    name: 'order the same again',
    weight: 1,
    can: hasOrder,
    act: async buyer => void (await buyer.browser.post(ownPath(buyer, 'reorder'), {})),
  },
];
