import type { Config } from '../../platform/config.js';
import type { Gateways } from './gateway.js';
import { createStripeGateway } from './stripe.js';
import { createTossGateway } from './toss.js';

/** The gateways that the settings have keys for. Simulators differ from life in nothing but their origin and keys. */
export function createGateways({ stripe, toss }: Pick<Config, 'stripe' | 'toss'>): Gateways {
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
