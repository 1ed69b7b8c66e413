import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { paginate } from '../../src/lib/paging.js';
import { translator } from '../../src/platform/i18n.js';
import type { Attribute } from '../../src/storefront/queries/product.js';
import { sitemap } from '../../src/storefront/site.js';
import { pagesView } from '../../src/storefront/views/list.js';
import { attributeText } from '../../src/storefront/views/product.js';

const attribute = (over: Partial<Attribute>): Attribute => ({
  label: { en: 'x' },
  unit: null,
  number: null,
  text: null,
  flag: null,
  ...over,
});
const texts = (given: Attribute) => LOCALES.map(locale => attributeText(given, locale, translator(locale)));

it('specifications are written as each language writes them', () => {
  const cm = { en: 'cm', ko: 'cm', uz: 'sm' };
  expect(texts(attribute({ number: 1234.5, unit: cm }))).toEqual([
    '1,234.5\u00A0cm',
    '1,234.5cm',
    '1\u00A0234,5\u00A0sm',
  ]);
  expect(texts(attribute({ number: 15, unit: { en: '%' } }))).toEqual(['15%', '15%', '15%']);
  expect(texts(attribute({ flag: true }))).toEqual(['Yes', '예', 'Ha']);
  expect(texts(attribute({ text: { en: 'Steel', ko: '스틸' } }))).toEqual(['Steel', '스틸', 'Steel']);
});

describe('the pages of a list', () => {
  const numbers = (number: number, count: number) =>
    pagesView({ ...paginate(count * 12, 12, String(number)) }, page => `?page=${page}`).numbers.map(
      each => each?.number ?? '…',
    );

  it('show the first, the last and those around, and a gap only where it saves one', () => {
    expect(numbers(1, 3)).toEqual([1, 2, 3]);
    expect(numbers(5, 10)).toEqual([1, '…', 4, 5, 6, '…', 10]);
    expect(numbers(4, 10)).toEqual([1, 2, 3, 4, 5, '…', 10]);
  });

  it('lead back and on only where there is a page', () => {
    const at = (number: number) => pagesView(paginate(30, 12, String(number)), page => `?page=${page}`);
    expect([at(1).previous, at(1).next]).toEqual([null, '?page=2']);
    expect([at(3).previous, at(3).next]).toEqual(['?page=2', null]);
  });
});

it('the sitemap names every language of a page and escapes its addresses', () => {
  const xml = sitemap(
    [{ paths: { en: '/products/a&b', ko: '/products/덤벨', uz: '/products/a' }, changedOn: '2026-01-02' }],
    'https://shop.example',
  );
  expect(xml.match(/<url>/g)).toHaveLength(3);
  expect(xml.match(/hreflang="x-default"/g)).toHaveLength(3);
  expect(xml).toContain('<loc>https://shop.example/en/products/a&amp;b</loc>');
  expect(xml).toContain(encodeURI('https://shop.example/ko/products/덤벨'));
  expect(xml).toContain('<lastmod>2026-01-02</lastmod>');
});
