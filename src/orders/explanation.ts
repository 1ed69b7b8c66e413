import type { Considered } from '../discounts/index.js';
import type { PlainParts } from '../shipping/index.js';
import type { Taxation } from '../tax/index.js';

/** How a price came about, as an order keeps it (jsonb): amounts in smallest units, no words but names. */
export interface Explanation {
  sets: readonly { id: number; name: string; saving: number }[];
  discounts: readonly Considered[];
  /** Delivery before free-delivery discounts. */
  shippingBase: number;
  /** What that is made of; orders from before it was kept have none. */
  shippingParts?: PlainParts | null;
  taxation: Taxation;
}
