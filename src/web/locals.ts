import type { Destination } from '../lib/destination.js';
import type { Currency } from '../lib/money.js';
import type { Locale } from '../lib/locale.js';
import type { ShopIdentity } from '../platform/config.js';
import type { Translate } from '../platform/i18n.js';
import type { Flash } from './flash.js';
import type { Viewer } from './viewer.js';

export type Theme = 'light' | 'dark' | 'system';

/** What the frame around every page prints. The rooms that know fill it in `app.ts`. */
export interface Layout {
  categories: readonly { name: string; slug: string; lang: Locale }[];
  pages: readonly { title: string; slug: string }[];
  cartCount: number;
}

/** Which layout stands around a page: the store's, or the desk's. */
export type Frame = 'page' | 'admin';

declare global {
  namespace Express {
    interface Locals {
      requestId: string;
      locale: Locale;
      t: Translate;
      currency: Currency;
      /** Where deliveries are estimated to, as far as the shopper has said. */
      destination: Destination;
      /** ISO 3166-1 alpha-2: its country. */
      country: string;
      theme: Theme;
      baseUrl: string;
      shop: ShopIdentity;
      flash: Flash | null;
      /** Missing while nobody is signed in. */
      viewer?: Viewer;
      /**
       * Whose cart this is about: the token of the open cart, if there is one, and the user it belongs to; a guest's is behind a
       * cookie. Filled by the room that knows.
       */
      cart: { token: string | null; userId: number | null };
      layout: Layout;
      /** Set by whoever serves the part of the store that a request is for; the store's own when nobody did. */
      frame?: Frame;
    }
  }
}
