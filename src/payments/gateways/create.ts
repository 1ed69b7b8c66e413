import type { Config } from '../../platform/config.js';
import type { Gateway, Provider } from './gateway.js';
import { createStripeGateway } from './stripe.js';
import { createTossGateway } from './toss.js';

/** The gateways that the settings have keys for. Simulators differ from life in nothing but their origin and keys. */
export function createGateways({
  stripe,
  toss,
}: Pick<Config, 'stripe' | 'toss'>): Partial<Record<Provider, Gateway>> {
  return {
    ...(stripe ? { stripe: createStripeGateway(stripe) } : {}),
    ...(toss
      ? {
          toss: createTossGateway({
            ...toss,
            ...(toss.apiOrigin ? { redirectOrigins: [toss.apiOrigin] } : {}),
          }),
        }
      : {}),
  };
}
