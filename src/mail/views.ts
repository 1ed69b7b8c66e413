import { formatMoney, type Money } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import type { OrderPageView } from '../orders/index.js';
import type { ShopIdentity } from '../platform/config.js';
import { translator } from '../platform/i18n.js';
import { localePath, render } from '../web/index.js';

/** Which letter: its folder in views/mail and its branch of the sentences. */
export type LetterKind = 'order-placed' | 'payment-failed' | 'order-expired' | 'refunded';

export interface RenderedLetter {
  subject: string;
  html: string;
  text: string;
}

/** A letter in the order's language: HTML and a complete text part, from the same figures as the order page. */
export function renderLetter(
  kind: LetterKind,
  {
    locale,
    order,
    shop,
    baseUrl,
  }: { locale: Locale; order: OrderPageView; shop: ShopIdentity; baseUrl: string },
): RenderedLetter {
  const t = translator(locale);
  const key = `mail.${kind.replace('-', '_')}`;
  const data = {
    t,
    locale,
    key,
    order,
    shop,
    money: (amount: Money) => formatMoney(amount, locale),
    url: (path: string) => baseUrl + localePath(locale, path),
    subject: t(`${key}.subject`, { number: order.number, shop: shop.name }),
  };
  return {
    subject: data.subject,
    html: render('mail/layout', { ...data, body: render(`mail/${kind}/letter`, data) }),
    text: `${render(`mail/${kind}/letter.text`, data).trim()}\n`,
  };
}
