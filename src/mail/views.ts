import { formatMoney, type Money } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import type { OrderPageView, ParcelView } from '../orders/index.js';
import type { ShopIdentity } from '../platform/config.js';
import { translator } from '../platform/i18n.js';
import { localePath, render } from '../web/index.js';

/** Which letter: its folder in views/mail and its branch of the sentences. */
const ORDER_LETTERS = [
  'order-placed',
  'order-expired',
  'order-canceled',
  'payment-failed',
  'deposit-awaited',
  'parcel-shipped',
  'parcel-delivered',
  'refund-account',
  'refunded',
] as const;
export type OrderLetterKind = (typeof ORDER_LETTERS)[number];
export const isOrderLetter = (kind: unknown): kind is OrderLetterKind =>
  ORDER_LETTERS.some(known => known === kind);
export type StockLetterKind = 'stock-requested' | 'stock-returned';
export type ReturnLetterKind =
  | 'withdrawal'
  | 'return-requested'
  | 'return-accepted'
  | 'return-refused'
  | 'return-received'
  | 'return-closed';
/** Letters about an account share one folder; their sentences are `mail.<kind>.*`. */
export type AccountLetterKind =
  | 'user-verify'
  | 'user-known'
  | 'user-reset'
  | 'user-password-changed'
  | 'user-invited'
  | 'user-role-changed'
  | 'user-email-new'
  | 'user-email-old'
  | 'user-email-changed'
  | 'user-second-factor-on'
  | 'user-second-factor-off'
  | 'user-recovered'
  | 'user-identity-asked'
  | 'user-identity-added'
  | 'user-identity-removed'
  | 'user-exported'
  | 'user-erased'
  | 'user-erased-kept';
export type LetterKind = OrderLetterKind | StockLetterKind | ReturnLetterKind | AccountLetterKind;

export interface RenderedLetter {
  subject: string;
  html: string;
  text: string;
}

interface Reader {
  locale: Locale;
  shop: ShopIdentity;
  baseUrl: string;
}

/** HTML and text part of a letter. `subject` and `why` (below the letter: why it came) are whole sentences. */
function compose(
  folder: OrderLetterKind | StockLetterKind | 'return' | 'account',
  { locale, shop, baseUrl }: Reader,
  letter: { subject: string; why: string } & Record<string, unknown>,
): RenderedLetter {
  const data = {
    ...letter,
    t: translator(locale),
    locale,
    shop,
    money: (amount: Money) => formatMoney(amount, locale),
    url: (path: string) => baseUrl + localePath(locale, path),
  };
  return {
    subject: letter.subject,
    html: render('mail/layout', { ...data, body: render(`mail/${folder}/letter`, data) }),
    text: `${render(`mail/${folder}/letter.text`, data).trim()}\n`,
  };
}

/** What a letter about an order tells of. */
export interface OrderLetter {
  order: OrderPageView;
  /** Of letters about a parcel. */
  parcel?: ParcelView | null;
  /** Of a refund: what went back, which may be a part of what was paid. */
  refund?: Money;
  /** Whether money had come for the order. */
  paid?: boolean;
  /** Of an order that was canceled after paying: what goes back now. A part or all may have gone back before. */
  back?: Money;
}

/** A letter in the order's language: HTML and a complete text part, from the same figures as the order page. */
export function renderLetter(
  kind: OrderLetterKind,
  { order, parcel = null, refund, paid = false, back = order.total, ...reader }: Reader & OrderLetter,
): RenderedLetter {
  const t = translator(reader.locale);
  const key = `mail.${kind.replaceAll('-', '_')}`;
  const { name } = reader.shop;
  return compose(kind, reader, {
    key,
    order,
    parcel,
    // What went back, which may be less than was paid.
    refund: refund ?? order.total,
    paid,
    back: back.amount > 0 ? back : null,
    isPart: back.amount < order.total.amount,
    subject: t(`${key}.subject`, {
      number: order.number,
      shop: name,
      total: formatMoney(order.total, reader.locale),
    }),
    why: t('mail.footer', { shop: name }),
  });
}

/** A letter to somebody who waits for a variant: what it is called, where it is, and the links that belong to the request. */
export interface WaitingLetter {
  product: string;
  productUrl: string;
  /** When it was asked for, in words. */
  askedAt: string;
  confirmUrl?: string;
  stopUrl?: string;
}

export function renderStockLetter(
  kind: StockLetterKind,
  { letter, ...reader }: Reader & { letter: WaitingLetter },
): RenderedLetter {
  const t = translator(reader.locale);
  const key = `mail.${kind.replaceAll('-', '_')}`;
  return compose(kind, reader, {
    letter,
    subject: t(`${key}.subject`, { product: letter.product }),
    why: t(`${key}.why`, { shop: reader.shop.name, at: letter.askedAt }),
  });
}

/** What becomes of the price of goods that came back: on its way, a part of it, given before, or there was none. */
export type MoneyWord = 'next' | 'part' | 'before' | 'free';

/** A letter about goods that come back. All steps share one letter; their sentences are `mail.<kind>.*`. */
export interface ReturnLetter {
  recipient: string;
  number: string;
  lines: { name: string; variantName: string; quantity: number }[];
  /** Staff's words where they refused it. */
  refusal: string;
  sendTo: boolean;
  /** Of one that was received: the sentence about its money, `mail.return_received.<word>`, and how much goes back now. */
  money?: { word: MoneyWord; amount: Money };
  url: string;
  orderUrl: string;
}

export function renderReturnLetter(
  kind: ReturnLetterKind,
  { letter, ...reader }: Reader & { letter: ReturnLetter },
): RenderedLetter {
  const t = translator(reader.locale);
  const key = `mail.${kind.replace('-', '_')}`;
  return compose('return', reader, {
    key,
    letter,
    subject: t(`${key}.subject`, { number: letter.number }),
    why: t('mail.footer', { shop: reader.shop.name }),
  });
}

/** A letter about an account: whom it greets, the values of its sentences, and its one link. */
export interface AccountLetter {
  name: string;
  values: Readonly<Record<string, string>>;
  url: string;
  /** A second way on, where there is one: the sentence is `mail.<kind>.other`. */
  otherUrl?: string;
}

export function renderAccountLetter(
  kind: AccountLetterKind,
  { letter, ...reader }: Reader & { letter: AccountLetter },
): RenderedLetter {
  const t = translator(reader.locale);
  const key = `mail.${kind.replaceAll('-', '_')}`;
  const shop = reader.shop.name;
  return compose('account', reader, {
    key,
    letter: { ...letter, values: { ...letter.values, shop }, otherUrl: letter.otherUrl ?? null },
    subject: t(`${key}.subject`, { ...letter.values, shop }),
    why: t('mail.account_why', { shop }),
  });
}
