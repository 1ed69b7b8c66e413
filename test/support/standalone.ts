import setup from './global-setup.js';
import { startShop, type Shop, type ShopOptions } from './shop.js';

/** Runs a script against the demo as tests see it: its own database server, its own shop, both gone afterwards. */
export async function withDemo(
  work: (shop: Shop) => Promise<void>,
  options: ShopOptions = {},
): Promise<void> {
  const teardown = await setup();
  try {
    const shop = await startShop(options);
    try {
      await work(shop);
    } finally {
      await shop.close();
    }
  } finally {
    teardown();
  }
}
