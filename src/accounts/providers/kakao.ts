import { Strategy } from 'passport-kakao';
import { InternalOAuthError, type StrategyOptions, type VerifyCallback } from 'passport-oauth2';
import { z } from 'zod';
import type { ProviderKeys } from '../../platform/config.js';
import { arrivalOf, type Arrival } from './arrival.js';
import type { SlotStore } from './slots.js';

/** What `/v2/user/me` says, as far as it concerns us; anything that is not what it should be counts as left out. */
const ME = z.object({
  id: z.union([z.string(), z.number().int()]),
  kakao_account: z
    .object({
      email: z.string().optional().catch(undefined),
      is_email_valid: z.boolean().optional().catch(undefined),
      is_email_verified: z.boolean().optional().catch(undefined),
      profile: z.object({ nickname: z.string().optional() }).optional().catch(undefined),
    })
    .catch({}),
  properties: z.object({ nickname: z.string().optional() }).optional().catch(undefined),
});

/** Whole numbers that JavaScript would round become texts; what stands in quotes is left alone. */
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])\d{16,}(?![\d.eE])/g;
const keepDigits = (json: string): string =>
  json.replace(LONG_NUMBERS, found => (found.startsWith('"') ? found : `"${found}"`));

/** @throws Error for an answer that is none. */
export function kakaoArrival(body: string): Arrival {
  const { id, kakao_account: account, properties } = ME.parse(JSON.parse(keepDigits(body)));
  return arrivalOf({
    provider: 'kakao',
    subject: String(id),
    name: account.profile?.nickname ?? properties?.nickname,
    email: account.email,
    // Valid: no other account has taken the address since it was verified.
    verified: account.is_email_valid === true && account.is_email_verified === true,
    answersFor: () => true,
  });
}

/**
 * The package's strategy with its defects cured: its addresses cannot be set, its access token goes into the address of the
 * profile call, its profile reads a field that Kakao has given up and rounds long ids, `prompt` is dropped. The
 * passport-oauth2 beneath it is the present one by an override in package.json: the package's own knows neither PKCE nor
 * stores of state.
 */
class CuredStrategy extends Strategy {
  constructor(options: StrategyOptions, verify: Verify, origin: string | undefined) {
    super(options, verify);
    this._oauth2.useAuthorizationHeaderforGET(true);
    if (!origin) return;
    // Names of passport-oauth2's insides, which its types do not tell: there is no other way to them.
    Object.assign(this._oauth2, {
      _authorizeUrl: `${origin}/oauth/authorize`,
      _accessTokenUrl: `${origin}/oauth/token`,
    });
    this._userProfileURL = `${origin}/v2/user/me`;
  }

  override userProfile(accessToken: string, done: (error?: unknown, profile?: Arrival) => void): void {
    this._oauth2.get(this._userProfileURL, accessToken, (error: unknown, body) => {
      if (error) return done(new InternalOAuthError('Failed to fetch user profile', error));
      try {
        done(null, kakaoArrival(String(body)));
      } catch {
        // What the answer was is in no log: it is about a person.
        done(new Error('Failed to read user profile'));
      }
    });
  }

  override authorizationParams({ prompt }: { prompt?: string } = {}): object {
    return prompt ? { prompt } : {};
  }
}

type Verify = (access: string, refresh: string, arrival: Arrival, done: VerifyCallback) => void;

export function kakaoStrategy(
  { clientId, clientSecret, origin }: ProviderKeys,
  { callbackUrl, store }: { callbackUrl: string; store: SlotStore },
): Strategy {
  // The package overwrites both addresses with Kakao's; they are asked for by its types only.
  const options: StrategyOptions = {
    authorizationURL: '',
    tokenURL: '',
    clientID: clientId,
    clientSecret,
    callbackURL: callbackUrl,
    scope: ['account_email', 'profile_nickname'],
    pkce: true,
    state: true,
    store: store as never,
  };
  return new CuredStrategy(options, (_access, _refresh, arrival, done) => done(null, arrival), origin);
}
