import setup from './global-setup.js';
import { startShop, type Shop } from './shop.js';

/** Runs a script against the demo as tests see it: its own database server, its own shop, both gone afterwards. */
export async function withDemo(work: (shop: Shop) => Promise<void>): Promise<void> {
  const teardown = await setup();
  try {
    const shop = await startShop();
    try {
      await work(shop);
    } finally {
      await shop.close();
    }
  } finally {
    teardown();
  }
}
