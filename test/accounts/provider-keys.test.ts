import { expect, test } from 'vitest';
import { createProviders } from '../../src/accounts/index.js';
import { ConfigError, readConfig } from '../../src/platform/config.js';

const BASE = { SESSION_SECRET: 'x'.repeat(40) };
const problemsOf = (environment: Record<string, string>): string => {
  try {
    readConfig({ ...BASE, ...environment });
    return '';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
};

test.each([
  [{ GOOGLE_CLIENT_ID: 'a' }, 'GOOGLE_CLIENT_SECRET is missing'],
  [{ GOOGLE_CLIENT_SECRET: 'a' }, 'GOOGLE_CLIENT_ID is missing'],
  [{ KAKAO_CLIENT_ID: 'a' }, 'KAKAO_CLIENT_SECRET is missing'],
  [{ KAKAO_CLIENT_SECRET: 'a' }, 'KAKAO_CLIENT_ID is missing'],
  [{ KAKAO_CLIENT_ID: 'a', KAKAO_CLIENT_SECRET: '' }, 'KAKAO_CLIENT_SECRET is missing'],
])('secret missing: with %j the store refuses to start, and says what is missing', (environment, words) => {
  expect(problemsOf(environment)).toContain(words);
});

test('with both halves it starts, without any it offers nobody', () => {
  expect(readConfig({ ...BASE, KAKAO_CLIENT_ID: 'a', KAKAO_CLIENT_SECRET: 'b' })).toMatchObject({
    google: null,
    kakao: { clientId: 'a', clientSecret: 'b' },
  });
  const none = readConfig(BASE);
  const { offered } = createProviders(
    { google: none.google, kakao: none.kakao },
    { baseUrl: 'http://localhost', now: () => new Date() },
  );
  expect(offered).toEqual([]);
});

test('a simulator in the place of a provider is refused in production', () => {
  for (const name of ['GOOGLE_ORIGIN', 'KAKAO_ORIGIN'])
    expect(problemsOf({ NODE_ENV: 'production', [name]: 'http://localhost:3005' })).toContain(
      'GOOGLE_ORIGIN and KAKAO_ORIGIN are unsafe',
    );
});
