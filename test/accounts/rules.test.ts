import { describe, expect, test } from 'vitest';
import { hashPassword, matchesPassword, newPassword } from '../../src/accounts/password.js';
import { foldEmail, isAlive, passwordProblem, type Role } from '../../src/accounts/rules.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.js';

describe('a password', () => {
  test.each([
    ['1234567', 'too-short'],
    ['12345678', 'common'],
    ['PassWord1', 'common'],
    ['ｐａｓｓｗｏｒｄ１', 'common'],
    ['qwertyuiop ', 'common'],
    ['correct horse battery', null],
    ['비밀번호여덟글자', null],
    ['🔋🔋🔋🔋🔋🔋🔋', 'too-short'],
    ['        ', null],
    ['a'.repeat(1_000), null],
    ['a'.repeat(1_001), 'too-long'],
  ])('%j is %s', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });

  test.each([
    ['Sam Lee 1990', 'personal'],
    ['SAMLEE!!', 'personal'],
    ['sam.lee@example.com', 'personal'],
    ['sam.lee.2026', 'personal'],
    ['Trainium2026', 'personal'],
    ['01012345678', 'personal'],
    ['sam lee lifts 200', null],
    ['trainium is a shop', null],
  ])('that says no more than who one is: %j is %s', (password, problem) => {
    const about = ['sam.lee@example.com', '01012345678@example.com', 'Sam Lee', 'Trainium', ''];
    expect(passwordProblem(password, about)).toBe(problem);
  });

  test('may hold a short name', () => {
    expect(passwordProblem('김 2468013579', ['김'])).toBe(null);
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
  const begun = (role: Role, remembered: boolean) => ({
    createdAt: start,
    seenAt: start,
    endedAt: null,
    remembered,
    user: { role, disabledAt: null },
  });
  test.each<[string, Role, boolean, number, number, boolean]>([
    ['just begun', 'staff', false, 0, 0, true],
    ['of staff, idle for just under two hours', 'staff', false, 0, 2 * HOUR - 1, true],
    ['of staff, idle for two hours', 'staff', false, 0, 2 * HOUR, false],
    ['of staff, busy for just under twelve hours', 'admin', false, 12 * HOUR - MINUTE, 12 * HOUR - 1, true],
    ['of staff, busy for twelve hours', 'admin', false, 12 * HOUR - MINUTE, 12 * HOUR, false],
    ['of staff who ticked to stay', 'admin', true, 0, 2 * HOUR, false],
    ['idle for just under a day', 'customer', false, 0, DAY - 1, true],
    ['idle for a day', 'customer', false, 0, DAY, false],
    ['busy for seven days', 'customer', false, 7 * DAY - MINUTE, 7 * DAY, false],
    ['that stays, idle for just under sixty days', 'customer', true, 0, 60 * DAY - 1, true],
    ['that stays, idle for sixty days', 'customer', true, 0, 60 * DAY, false],
    ['that stays, busy for 180 days', 'customer', true, 180 * DAY - MINUTE, 180 * DAY, false],
    ['from tomorrow', 'customer', true, 0, -DAY, false],
  ])('%s', (_what, role, remembered, seen, now, alive) => {
    expect(isAlive({ ...begun(role, remembered), seenAt: at(seen) }, at(now))).toBe(alive);
  });
  test('that was ended, or whose user is disabled', () => {
    expect(isAlive({ ...begun('customer', true), endedAt: start }, start)).toBe(false);
    expect(
      isAlive({ ...begun('customer', true), user: { role: 'customer', disabledAt: start } }, start),
    ).toBe(false);
  });
});
