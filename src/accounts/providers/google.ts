import { Strategy, type Profile, type StrategyOptions, type VerifyCallback } from 'passport-google-oauth20';
import type { ProviderKeys } from '../../platform/config.js';
import { arrivalOf, type Arrival } from './arrival.js';
import type { SlotStore } from './slots.js';

/** The addresses the package knows by itself; a simulator has the same paths. */
const placesAt = (origin: string) => ({
  authorizationURL: `${origin}/o/oauth2/v2/auth`,
  tokenURL: `${origin}/oauth2/v4/token`,
  // The package reads `email_verified` only from a path that ends like this.
  userProfileURL: `${origin}/oauth2/v3/userinfo`,
});

/** The package's strategy, with the access token in a header instead of an address that logs would keep. */
class HeaderStrategy extends Strategy {
  constructor(options: StrategyOptions, verify: Verify) {
    super(options, verify);
    this._oauth2.useAuthorizationHeaderforGET(true);
  }
}

type Verify = (access: string, refresh: string, profile: Profile, done: VerifyCallback) => void;

export function googleStrategy(
  { clientId, clientSecret, origin }: ProviderKeys,
  { callbackUrl, store }: { callbackUrl: string; store: SlotStore },
): Strategy {
  return new HeaderStrategy(
    {
      clientID: clientId,
      clientSecret,
      callbackURL: callbackUrl,
      scope: ['openid', 'email', 'profile'],
      ...(origin ? placesAt(origin) : {}),
      state: true,
      pkce: true,
      store: store as never,
    },
    (_access, _refresh, profile, done) => {
      try {
        done(null, googleArrival(profile));
      } catch (error) {
        done(error);
      }
    },
  );
}

/**
 * Google answers for an address that it hosts itself: a gmail.com one, or one of an organization (`hd`). Any other it has
 * only seen a letter arrive at, once: the mailbox may be somebody else's by now.
 * (developers.google.com/identity/gsi/web/guides/verify-google-id-token)
 */
export function googleArrival({ id, displayName, _json: told }: Profile): Arrival {
  const hosted = typeof told.hd === 'string' && told.hd !== '';
  return arrivalOf({
    provider: 'google',
    subject: id,
    name: displayName,
    email: told.email,
    // Strictly: another provider's "true" in quotes has been taken for true before.
    verified: told.email_verified === true,
    answersFor: address => hosted || /@(gmail|googlemail)\.com$/i.test(address),
  });
}
