import type { Asked } from './grants.js';

/** What a provider checks of a browser that a shop sends. */
export interface Client {
  clientId: string;
  clientSecret: string;
  /** The only address it sends browsers back to, to the letter. */
  redirectUri: string;
}

export type ReadAsked =
  | { ok: true; asked: Asked; prompt: string | null }
  /** Shown to the person: the browser is sent back to nobody the provider does not know. */
  | { ok: false; code: 'client' | 'redirect' | 'request'; why: string };

/** Reads the query of the page, or the hidden fields of its form. Each parameter once, as text. */
export function readAsked(
  query: Readonly<Record<string, unknown>>,
  { clientId, redirectUri }: Client,
  rules: { scopes: readonly string[]; separator: string; prompts: readonly string[] },
): ReadAsked {
  const text = (name: string): string | null => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const refuse = (code: 'client' | 'redirect' | 'request', why: string): ReadAsked => ({
    ok: false,
    code,
    why,
  });
  if (text('client_id') !== clientId) return refuse('client', 'unknown client_id');
  if (text('redirect_uri') !== redirectUri) return refuse('redirect', 'redirect_uri is not registered');
  if (text('response_type') !== 'code') return refuse('request', 'response_type must be code');
  const state = text('state');
  // No provider insists; a shop that leaves it out lets strangers finish its sign-ins.
  if (state === null) return refuse('request', 'state is missing');
  const scope = text('scope') ?? '';
  const unknown = scope.split(rules.separator).filter(one => !rules.scopes.includes(one));
  if (unknown.length > 0) return refuse('request', `unknown scope: ${unknown.join(' ')}`);
  const challenge = text('code_challenge');
  if (challenge !== null && text('code_challenge_method') !== 'S256')
    return refuse('request', 'code_challenge_method must be S256');
  const prompt = text('prompt');
  if (prompt !== null && !rules.prompts.includes(prompt)) return refuse('request', 'unknown prompt');
  return { ok: true, asked: { redirectUri, state, scope, challenge }, prompt };
}

/** Where the browser is sent back to. */
export function wayBack({ redirectUri, state }: Asked, given: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...given, state })) url.searchParams.set(name, value);
  return url.href;
}
