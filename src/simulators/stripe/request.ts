import type { Cause } from './payment-objects.js';
import type { FormTree } from './form-body.js';

/** One API call, decoded. `id` is the path's, empty where it has none. */
export interface StripeRequest {
  id: string;
  body: FormTree;
  query: FormTree;
  cause: NonNullable<Cause>;
}
