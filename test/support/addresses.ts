import type { Locale } from '../../src/lib/locale.js';
import { BUYERS, fillCart } from './purchase.js';
import type { Shop } from './shop.js';
import type { Visitor } from './visitor.js';

const HOME = { en: 'US', ko: 'KR', uz: 'UZ' } as const;

/** Gives somebody signed in two saved addresses and a cart. Returns the id of the address that is not the default. */
export async function fillAddresses(shop: Shop, locale: Locale, visitor: Visitor): Promise<number> {
  for (const country of [HOME[locale], locale === 'ko' ? 'US' : 'KR'] as const) {
    const fields = { ...BUYERS[country], country, form_country: country };
    const { status } = await visitor.post(`/${locale}/account/addresses`, fields);
    if (status !== 303) throw new Error(`no address was saved: ${status}`);
  }
  await fillCart(shop, visitor, locale);
  const last = await shop.db('addresses').orderBy('id', 'desc').first<{ id: number }>('id');
  return last.id;
}
