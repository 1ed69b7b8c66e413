import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startGoogleSimulator,
  startKakaoSimulator,
  type SignInSimulator,
} from '../../src/simulators/index.js';

const REDIRECT = 'http://127.0.0.1:9/auth/callback';
const CLIENT = { clientId: 'shop', clientSecret: 'hush', redirectUri: REDIRECT };
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const PATHS = {
  google: {
    page: '/o/oauth2/v2/auth',
    token: '/oauth2/v4/token',
    me: '/oauth2/v3/userinfo',
    scope: 'openid email',
  },
  kakao: {
    page: '/oauth/authorize',
    token: '/oauth/token',
    me: '/v2/user/me',
    scope: 'account_email,profile_nickname',
  },
};

const simulators = {} as Record<keyof typeof PATHS, SignInSimulator>;
beforeAll(async () => {
  simulators.google = await startGoogleSimulator({ port: 0, ...CLIENT });
  simulators.kakao = await startKakaoSimulator({ port: 0, ...CLIENT });
});
afterAll(async () => void (await Promise.all(Object.values(simulators).map(each => each.close()))));

describe.each(['google', 'kakao'] as const)('the stand-in of %s', name => {
  const paths = PATHS[name];
  const pageUrl = (changed: Record<string, string> = {}) => {
    const url = new URL(paths.page, simulators[name].origin);
    const asked = {
      client_id: 'shop',
      redirect_uri: REDIRECT,
      response_type: 'code',
      state: 'st',
      scope: paths.scope,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...changed,
    };
    for (const [key, value] of Object.entries(asked)) if (value) url.searchParams.set(key, value);
    return url.href;
  };
  const codeOf = () => {
    const back = new URL(simulators[name].choose(pageUrl(), simulators[name].people[0]!));
    return back.searchParams.get('code')!;
  };
  const exchange = async (changed: Record<string, string> = {}) => {
    const form = {
      grant_type: 'authorization_code',
      client_id: 'shop',
      client_secret: 'hush',
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...changed,
    };
    const answer = await fetch(new URL(paths.token, simulators[name].origin), {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };

  test('shows who one can be, and that none of it is real', async () => {
    const page = await fetch(pageUrl());
    const text = await page.text();
    expect([page.status, text.includes('Simulated')]).toEqual([200, true]);
    for (const person of simulators[name].people) expect(text).toContain(`value="${person.subject}"`);
  });

  test.each([
    ['another client', { client_id: 'other' }],
    ['an address that is not registered', { redirect_uri: `${REDIRECT}/` }],
    ['no state', { state: '' }],
    ['a scope it does not know', { scope: 'everything' }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['an unknown prompt', { prompt: 'please' }],
    ['a token at once', { response_type: 'token' }],
  ])('refuses %s on its page, and sends nobody back', async (_what, changed) => {
    const page = await fetch(pageUrl(changed), { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  });

  test.each([
    ['another secret', { client_secret: 'guess' }, 401],
    ['no secret', { client_secret: '' }, 401],
    ['the word kakao for a secret', { client_secret: 'kakao' }, 401],
    ['another return address', { redirect_uri: `${REDIRECT}/` }, 400],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 400],
    ['an unknown code', { code: 'made-up' }, 400],
  ])('gives no token for %s', async (_what, changed, status) => {
    expect((await exchange({ code: codeOf(), ...changed })).status).toBe(status);
  });

  test('gives one token for a code, and tells of the person for it in the header only', async () => {
    const code = codeOf();
    const { status, body } = await exchange({ code });
    expect(status).toBe(200);
    expect((await exchange({ code })).status).toBe(400);
    const me = new URL(paths.me, simulators[name].origin);
    const told = await fetch(me, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect([told.status, (await told.text()).includes(simulators[name].people[0]!.subject)]).toEqual([
      200,
      true,
    ]);
    me.searchParams.set('access_token', body.access_token!);
    for (const headers of [{}, { authorization: `Bearer ${body.access_token}` }])
      expect((await fetch(me, { headers })).status).toBe(401);
  });

  test('codes last ten minutes', async () => {
    const code = codeOf();
    simulators[name].advance(601_000);
    expect((await exchange({ code })).status).toBe(400);
  });
});
