import { describe, expect, test } from 'vitest';
import { hashPassword, matchesPassword, newPassword } from '../../src/accounts/password.js';
import { foldEmail, isAlive, passwordProblem } from '../../src/accounts/rules.js';
import { HOUR, MINUTE } from '../../src/lib/time.js';

describe('a password', () => {
  test.each([
    ['1234567', 'too-short'],
    ['12345678', null],
    ['비밀번호여덟글자', null],
    ['🔋🔋🔋🔋🔋🔋🔋', 'too-short'],
    ['        ', null],
    ['a'.repeat(1_000), null],
    ['a'.repeat(1_001), 'too-long'],
  ])('%j is %s', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });

  test('counts to its last character, far beyond the 72 bytes that bcrypt reads', async () => {
    const hash = await hashPassword(`${'가'.repeat(60)}1`, 4);
    expect(await matchesPassword(`${'가'.repeat(60)}1`, hash, 4)).toBe(true);
    expect(await matchesPassword(`${'가'.repeat(60)}2`, hash, 4)).toBe(false);
  });

  test('counts beyond a zero character', async () => {
    const hash = await hashPassword('a\0bcdefgh', 4);
    expect(await matchesPassword('a\0xcdefgh', hash, 4)).toBe(false);
  });

  test('is the same however the keyboard composes it', async () => {
    const hash = await hashPassword('é비밀번호입니다'.normalize('NFD'), 4);
    expect(await matchesPassword('é비밀번호입니다'.normalize('NFC'), hash, 4)).toBe(true);
  });

  test('never matches where there is no account', async () => {
    expect(await matchesPassword('anything at all', null, 4)).toBe(false);
  });

  test('to begin with is another each time, in groups that can be read aloud', () => {
    const made = Array.from({ length: 50 }, newPassword);
    expect(new Set(made).size).toBe(50);
    for (const password of made)
      expect(password).toMatch(/^(?:[34679acdefghjkmnpqrtwxy]{5}-){3}[34679acdefghjkmnpqrtwxy]{5}$/);
  });
});

test('an address is one account however it is typed', () => {
  expect(foldEmail('  Sam.Lee@Example.COM ')).toBe('sam.lee@example.com');
});

describe('a sign-in', () => {
  const start = new Date('2026-11-26T00:00:00Z');
  const at = (ms: number) => new Date(start.getTime() + ms);
  test.each([
    ['just begun', 0, 0, true],
    ['idle for just under two hours', 0, 2 * HOUR - 1, true],
    ['idle for two hours', 0, 2 * HOUR, false],
    ['busy for just under twelve hours', 12 * HOUR - MINUTE, 12 * HOUR - 1, true],
    ['busy for twelve hours', 12 * HOUR - MINUTE, 12 * HOUR, false],
    ['from tomorrow', 0, -24 * HOUR, false],
  ])('%s', (_what, seen, now, alive) => {
    expect(isAlive({ createdAt: start, seenAt: at(seen), endedAt: null }, at(now))).toBe(alive);
  });
  test('that was ended', () => {
    expect(isAlive({ createdAt: start, seenAt: start, endedAt: start }, start)).toBe(false);
  });
});
