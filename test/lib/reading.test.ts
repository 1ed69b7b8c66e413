import { describe, expect, it } from 'vitest';
import { newOrderNumber, newToken, readOrderNumber } from '../../src/lib/ids.js';
import { paginate } from '../../src/lib/paging.js';
import { printPhone } from '../../src/lib/phone.js';
import { readQuantity } from '../../src/lib/quantity.js';
import { fold, slugify } from '../../src/lib/text.js';
import { addBusinessDays } from '../../src/lib/time.js';

describe('readQuantity', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['99', 99],
    [' 7 ', 7],
    ['100', null],
    ['-1', null],
    ['1.5', null],
    ['1e9', null],
    ['１', null],
    ['0x10', null],
    ['', null],
    ['NaN', null],
    ['9007199254740992', null],
  ])('reads %j as %j', (typed, quantity) => expect(readQuantity(typed)).toBe(quantity));

  it('takes no numbers, lists or nothing', () => {
    for (const value of [1, ['1'], { a: '1' }, null, undefined]) expect(readQuantity(value)).toBeNull();
  });
});

describe('order numbers', () => {
  it('are read back from how people type them', () => {
    for (let round = 0; round < 200; round += 1) {
      const number = newOrderNumber();
      expect(number).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}$/);
      for (const typed of [
        number,
        number.toLowerCase(),
        number.replace('-', ''),
        ` ${number.replace('-', ' ')} `,
      ]) {
        expect(readOrderNumber(typed)).toBe(number);
      }
    }
  });

  it.each(['', 'K7MT', 'K7MT-Q4R0', 'K7MT-Q4RDX', '%00', "' or 1=1 --"])('refuse %j', typed => {
    expect(readOrderNumber(typed)).toBeNull();
  });

  it('come with keys of at least 128 bits', () =>
    expect(Buffer.from(newToken(), 'base64url').length * 8).toBeGreaterThanOrEqual(128));
});

describe('phones', () => {
  it.each([
    ['+821012345678', 'KR', '010-1234-5678'],
    ['+82212345678', 'KR', '02-1234-5678'],
    ['+998901234567', 'UZ', '+998 90 123 45 67'],
    ['+821012345678', 'US', '+82 10 1234 5678'],
  ])('%s is printed for %s as %s', (stored, country, printed) =>
    expect(printPhone(stored, country)).toBe(printed),
  );
});

describe('text', () => {
  it('folds every Uzbek apostrophe to one', () => {
    for (const typed of ["o'rindiq", 'o‘rindiq', 'o’rindiq', 'oʻrindiq', 'oʼrindiq', 'o`rindiq'])
      expect(fold(typed)).toBe('oʻrindiq');
  });

  it('makes slugs in any script', () => {
    expect(slugify('Oʻlcham: 24 kg!')).toBe('olcham-24-kg');
    expect(slugify('접이식 러닝머신')).toBe('접이식-러닝머신');
  });
});

describe('pages', () => {
  it.each([
    ['2', 2],
    ['9', 1],
    ['0', 1],
    ['-1', 1],
    ['1.5', 1],
    ['x', 1],
    [undefined, 1],
    [['2', '3'], 1],
  ])('page %j of three is %i', (wanted, number) => expect(paginate(30, 12, wanted).number).toBe(number));
});

describe('business days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23'], // a Friday
    ['2026-11-21', 0, '2026-11-23'], // a Saturday
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-12-31', 1, '2027-01-01'],
  ])('%s plus %i is %s', (day, count, result) => expect(addBusinessDays(day, count)).toBe(result));
});
