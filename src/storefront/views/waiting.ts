import type { VariantForSale } from '../../catalog/index.js';
import type { RequestPurpose, RequestState } from '../../inventory/index.js';

/** What the page behind a letter's link says; `ask` and `stoppable` have a button. */
export type WaitingState = 'ask' | 'expired' | 'waiting' | 'stoppable' | 'mailed' | 'ended';

export interface WaitingView {
  state: WaitingState;
  /** Where the button posts to; null without one. */
  action: string | null;
  product: string;
  productPath: string;
}

function stateOf(purpose: RequestPurpose, request: { state: RequestState; expired: boolean }): WaitingState {
  const { state } = request;
  if (state === 'mailed' || state === 'ended') return state;
  if (purpose === 'stop') return 'stoppable';
  if (state === 'waiting') return 'waiting';
  return request.expired ? 'expired' : 'ask';
}

export function waitingView({
  token,
  purpose,
  request,
  variant,
}: {
  token: string;
  purpose: RequestPurpose;
  request: { state: RequestState; expired: boolean };
  variant: Pick<VariantForSale, 'name' | 'variantName' | 'slug' | 'sku'>;
}): WaitingView {
  const state = stateOf(purpose, request);
  const action = state === 'ask' ? 'confirmation' : state === 'stoppable' ? 'ending' : null;
  return {
    state,
    action: action && `/stock-requests/${token}/${action}`,
    product: variant.variantName ? `${variant.name}, ${variant.variantName}` : variant.name,
    productPath: `/products/${variant.slug}?variant=${encodeURIComponent(variant.sku)}`,
  };
}
