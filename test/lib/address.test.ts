import { describe, expect, test } from 'vitest';
import { labelLines } from '../../src/lib/address.js';

const seoul = {
  name: '김민지',
  country: 'KR',
  postalCode: '04001',
  region: '',
  city: '',
  address1: '서울특별시 마포구 월드컵북로 1',
  address2: '101동 202호',
};

describe('a label', () => {
  test('is written as its country writes it: Korea from the postcode to the name', () => {
    expect(labelLines(seoul, 'ko')).toEqual([
      '(04001) 서울특별시 마포구 월드컵북로 1',
      '101동 202호',
      '대한민국',
      '김민지',
    ]);
    const tashkent = { ...seoul, country: 'UZ', region: 'UZ-TK', city: 'Yunusobod', postalCode: '' };
    expect(labelLines({ ...tashkent, name: 'Aziza', address1: '1-uy', address2: '' }, 'uz')).toEqual([
      'Aziza',
      '1-uy',
      'Yunusobod, Toshkent shahri',
      'Oʻzbekiston',
    ]);
  });

  test('of an order whose person was taken out says the country alone', () => {
    const nobody = { name: '', postalCode: '', region: '', city: '', address1: '', address2: '' };
    for (const country of ['KR', 'UZ', 'US'])
      expect(labelLines({ ...nobody, country }, 'en')).toHaveLength(1);
  });
});
