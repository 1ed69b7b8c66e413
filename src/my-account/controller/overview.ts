import type { RequestHandler } from 'express';
import { findProfile, findWaysIn, listAddresses } from '../../accounts/index.js';
import { labelLines } from '../../lib/address.js';
import type { MyAccountDeps } from '../deps.js';
import { listOwnOrders } from '../queries/orders.js';
import { avatarView } from '../views/avatar.js';
import { listedOrderView } from '../views/orders.js';

const NEWEST = 3;

/** The first page behind the door: what was bought last, where it goes, how safe the account is. */
export function overviewHandler({ db, answer }: MyAccountDeps): RequestHandler {
  return async (req, res) => {
    const { locale, t, viewer } = res.locals;
    const { userId } = viewer!;
    const { orders, more } = await listOwnOrders(db, { userId, limit: NEWEST });
    const address = (await listAddresses(db, { userId })).find(({ isDefault }) => isDefault);
    const profile = await findProfile(db, { userId });
    answer.page(req, res, {
      view: 'my-account/overview',
      head: { title: t('my-account.overview.title'), noindex: true },
      data: {
        orders: orders.map(order => listedOrderView(order, locale)),
        more,
        address: address ? labelLines(address, locale) : null,
        ways: await findWaysIn(db, { userId }),
        avatar: profile && avatarView(profile),
      },
    });
  };
}
