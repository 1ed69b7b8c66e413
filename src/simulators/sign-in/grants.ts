import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { randomId } from '../desk.js';
import type { Person } from './person.js';

/** What a shop asked for when it sent the browser here. */
export interface Asked {
  redirectUri: string;
  state: string;
  scope: string;
  /** Of PKCE, S256; null when the shop sent none. */
  challenge: string | null;
}

interface Grant {
  person: Person;
  asked: Asked;
  at: number;
  used: boolean;
}

const CODE_LASTS_MS = 600_000;
const TOKEN_LASTS_MS = 3_600_000;

export type Exchange = { ok: true; token: string; scope: string } | { ok: false; why: string };

/** The codes and access tokens of a provider, in memory: none of them outlives a restart. */
export function createGrants(clock: Clock, { tokenPrefix }: { tokenPrefix: string }) {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, Grant>();
  const age = (grant: Grant) => clock.now().getTime() - grant.at;
  return {
    /** A code for what this person agreed to. */
    grant(person: Person, asked: Asked): string {
      const code = randomId('4/0A', 40);
      grants.set(code, { person, asked, at: clock.now().getTime(), used: false });
      return code;
    },
    /** Takes a code once, from whoever the browser came from, with the verifier of its challenge. */
    exchange(code: string, given: { redirectUri: string; verifier: string | null }): Exchange {
      const grant = grants.get(code);
      if (!grant) return { ok: false, why: 'unknown code' };
      if (grant.used) return { ok: false, why: 'code used twice' };
      grant.used = true;
      if (age(grant) > CODE_LASTS_MS) return { ok: false, why: 'code expired' };
      if (grant.asked.redirectUri !== given.redirectUri) return { ok: false, why: 'redirect_uri differs' };
      if (!provesChallenge(grant.asked.challenge, given.verifier))
        return { ok: false, why: 'code_verifier does not fit' };
      const token = randomId(tokenPrefix, 48);
      tokens.set(token, { ...grant, at: clock.now().getTime() });
      return { ok: true, token, scope: grant.asked.scope };
    },
    /** Whose token it is; null when it is none, or over. */
    whose(token: string): Person | null {
      const grant = tokens.get(token);
      return grant && age(grant) <= TOKEN_LASTS_MS ? grant.person : null;
    },
    /** Every code and token there is, for tests that look where none may be. */
    secrets: () => [...grants.keys(), ...tokens.keys()],
  };
}
export type Grants = ReturnType<typeof createGrants>;

function provesChallenge(challenge: string | null, verifier: string | null): boolean {
  if (challenge === null) return verifier === null;
  return verifier !== null && createHash('sha256').update(verifier).digest('base64url') === challenge;
}
