import fc from 'fast-check';
import type { Profile } from 'passport-google-oauth20';
import { describe, expect, test } from 'vitest';
import { arrivalOf } from '../../src/accounts/providers/arrival.js';
import { googleArrival } from '../../src/accounts/providers/google.js';
import { kakaoArrival } from '../../src/accounts/providers/kakao.js';
import { canRemoveIdentity, wayOf } from '../../src/accounts/rules/arrivals.js';

const google = (told: Record<string, unknown>) =>
  googleArrival({ id: told.sub, displayName: told.name, _json: told } as unknown as Profile);
const kakao = (account: object, rest = '') =>
  kakaoArrival(`{"id":3000000001,"kakao_account":${JSON.stringify(account)}${rest}}`);

describe('what Google says of an address', () => {
  const sub = '108000000000000000001';
  test.each<[string, object, { verified: boolean; vouched: boolean }]>([
    ['gmail.com, true', { email: 'a@gmail.com', email_verified: true }, { verified: true, vouched: true }],
    [
      'email_verified: "true" is not true',
      { email: 'a@gmail.com', email_verified: 'true' },
      { verified: false, vouched: false },
    ],
    [
      'email_verified: 1 is not true',
      { email: 'a@gmail.com', email_verified: 1 },
      { verified: false, vouched: false },
    ],
    ['not said', { email: 'a@gmail.com' }, { verified: false, vouched: false }],
    [
      'elsewhere, true',
      { email: 'a@elsewhere.example', email_verified: true },
      { verified: true, vouched: false },
    ],
    [
      'an organization’s',
      { email: 'a@x.example', email_verified: true, hd: 'x.example' },
      { verified: true, vouched: true },
    ],
    [
      'an organization’s, not verified',
      { email: 'a@x.example', hd: 'x.example' },
      { verified: false, vouched: false },
    ],
    [
      'an empty organization',
      { email: 'a@x.example', email_verified: true, hd: '' },
      { verified: true, vouched: false },
    ],
    [
      'gmail.com within another name',
      { email: 'a@gmail.com.evil.example', email_verified: true },
      { verified: true, vouched: false },
    ],
    ['no address', { email_verified: true }, { verified: false, vouched: false }],
    ['no address at all', { email: 'nothing', email_verified: true }, { verified: false, vouched: false }],
  ])('%s', (_what, told, { verified, vouched }) => {
    const arrival = google({ sub, name: 'A', ...told });
    expect([arrival.emailVerified, arrival.vouched]).toEqual([verified, vouched]);
    expect(arrival.subject).toBe(sub);
  });
});

describe('what Kakao says of an address', () => {
  const email = 'a@kakao.com';
  test.each<[string, object, boolean]>([
    ['valid and verified', { email, is_email_valid: true, is_email_verified: true }, true],
    [
      'is_email_valid: false: another account has it now',
      { email, is_email_valid: false, is_email_verified: true },
      false,
    ],
    ['not verified', { email, is_email_valid: true, is_email_verified: false }, false],
    ['not said to be valid', { email, is_email_verified: true }, false],
    ['words instead of truth', { email, is_email_valid: 'true', is_email_verified: 'true' }, false],
    ['no address', { is_email_valid: true, is_email_verified: true }, false],
    ['has_email alone, as of old', { has_email: true }, false],
  ])('%s', (_what, account, vouched) => {
    const arrival = kakao(account);
    expect([arrival.emailVerified, arrival.vouched]).toEqual([vouched, vouched]);
  });

  test('the name is the profile’s; the old place is read only where there is no other', () => {
    expect(kakao({ profile: { nickname: '하늘' } }, ',"properties":{"nickname":"old"}').name).toBe('하늘');
    expect(kakao({}, ',"properties":{"nickname":"옛 이름"}').name).toBe('옛 이름');
    expect(kakao({}).name).toBe('');
  });

  test('every id of 64 bits stays what it is, and texts are left alone', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), fc.string(), (id, nickname) => {
        const account = JSON.stringify({ profile: { nickname } });
        const arrival = kakaoArrival(`{"id":${id},"kakao_account":${account}}`);
        const trimmed = nickname.normalize('NFC').trim();
        return arrival.subject === String(id) && arrival.name === (trimmed.length <= 100 ? trimmed : '');
      }),
      { seed: 20_261_126 },
    );
  });

  test.each(['', 'null', '[]', '{}', '{"id":null}', '{"id":1.5}', '<html>', '{"id":""}'])(
    'an answer that is none: %j',
    body => expect(() => kakaoArrival(body)).toThrow(/./),
  );
});

test.each([undefined, null, '', 7, 'a b', 'ü', 'x'.repeat(256)])('%j is no subject', subject => {
  expect(() =>
    arrivalOf({
      provider: 'google',
      subject,
      name: 'A',
      email: 'a@gmail.com',
      verified: true,
      answersFor: () => true,
    }),
  ).toThrow('names no subject');
});

describe('where an arrival leads', () => {
  const open = { disabledAt: null };
  const closed = { disabledAt: new Date(0) };
  const verified = { emailVerifiedAt: new Date(0) };
  const unverified = { emailVerifiedAt: null };
  test.each<[string, boolean, Parameters<typeof wayOf>[1], ReturnType<typeof wayOf>]>([
    ['nobody knows either', true, { owner: null, namesake: null }, 'register'],
    ['the identity is known', false, { owner: open, namesake: null }, 'enter'],
    [
      'the identity is known, the address is another’s',
      true,
      { owner: open, namesake: { ...open, ...verified } },
      'enter',
    ],
    [
      'the identity is of a disabled account',
      true,
      { owner: closed, namesake: { ...open, ...verified } },
      'closed',
    ],
    ['both sides have shown the address', true, { owner: null, namesake: { ...open, ...verified } }, 'link'],
    ['only the provider’s', true, { owner: null, namesake: { ...open, ...unverified } }, 'register'],
    ['only ours', false, { owner: null, namesake: { ...open, ...verified } }, 'register'],
    [
      'both, and the account is disabled',
      true,
      { owner: null, namesake: { ...closed, ...verified } },
      'closed',
    ],
    [
      'a stranger may not learn that an account is disabled',
      false,
      { owner: null, namesake: { ...closed, ...verified } },
      'register',
    ],
  ])('%s', (_what, vouched, found, way) => expect(wayOf({ vouched }, found)).toBe(way));
});

test('whatever is removed, a way in is left', () => {
  const identity = fc.record({
    id: fc.integer({ min: 1, max: 9 }),
    provider: fc.constantFrom('google' as const, 'kakao' as const),
  });
  const ways = fc.record({
    hasPassword: fc.boolean(),
    identities: fc.uniqueArray(identity, { selector: ({ id }) => id, minLength: 1 }),
  });
  const offers = fc.constantFrom(
    ['google', 'kakao'] as const,
    ['google'] as const,
    ['kakao'] as const,
    [] as const,
  );
  fc.assert(
    fc.property(ways, offers, (before, offered) => {
      const { id } = before.identities[0]!;
      const left = before.identities.filter(
        each => each.id !== id && (offered as readonly string[]).includes(each.provider),
      );
      return canRemoveIdentity(before, { id, offered }) === (before.hasPassword || left.length > 0);
    }),
    { seed: 20_261_126 },
  );
});
