import { pictureView, type PictureView } from '../../catalog/index.js';
import type { Locale } from '../../lib/locale.js';
import { money, type Money } from '../../lib/money.js';
import { formatMoment } from '../../lib/time.js';
import { orderLinks } from '../../orders/index.js';
import type { ListedOrder } from '../queries/orders.js';

export interface ListedOrderView {
  number: string;
  /** Its word is `my-account.orders.state.<state>`. */
  state: string;
  placedAt: string;
  total: Money;
  firstName: string;
  /** Pieces beside the first line's name. */
  pieces: number;
  picture: PictureView | null;
  path: string;
  /** Null for an order that was never paid. */
  receipt: string | null;
  reorder: string | null;
}

/** Paths are those of the order's permanent link, so that what works here works from its letters too. */
export function listedOrderView(order: ListedOrder, locale: Locale): ListedOrderView {
  const links = orderLinks(order);
  const isPaid = order.paidAt !== null;
  return {
    number: order.number,
    state: order.hold && ['paid', 'fulfilling'].includes(order.state) ? 'held' : order.state,
    placedAt: formatMoment(order.createdAt, locale),
    total: money(order.total, order.currency),
    firstName: order.firstName,
    pieces: order.pieces,
    picture: order.picture && pictureView(order.picture, 320),
    path: links.page,
    receipt: isPaid ? links.receipt : null,
    reorder: isPaid ? links.reorder : null,
  };
}
