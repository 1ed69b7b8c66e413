import { expect, test } from 'vitest';
import {
  nearestWidth,
  picturePath,
  readRenditionName,
  renditionsFor,
  widthsFor,
} from '../../src/media/rules.js';

test('a picture is offered in the widths that fit into it, a tiny one in its own', () => {
  expect(widthsFor(1400)).toEqual([160, 320, 480, 720, 1080]);
  expect(widthsFor(160)).toEqual([160]);
  expect(widthsFor(159)).toEqual([159]);
});

test('every width is offered in both formats', () => {
  expect(renditionsFor(200)).toEqual([
    { width: 160, format: 'avif' },
    { width: 160, format: 'webp' },
  ]);
});

test('the end of an address is read back as it was written', () => {
  const file = picturePath('0'.repeat(20), 480, 'avif').split('/').at(-1)!;
  expect(readRenditionName(file)).toEqual({ width: 480, format: 'avif' });
});

test.each([
  '480.AVIF',
  '480.jpeg',
  '0480.avif',
  '480',
  '.avif',
  '480.avif.webp',
  '123456.webp',
  '-1.webp',
  '4e2.avif',
  ' 480.avif',
  '480.avif\n',
])('%j is the name of no rendition', file => expect(readRenditionName(file)).toBeNull());

test('the nearest width is the next wider one, or the widest', () => {
  expect(nearestWidth([480, 160, 320], 200)).toBe(320);
  expect(nearestWidth([160, 320, 480], 320)).toBe(320);
  expect(nearestWidth([160, 320, 480], 9999)).toBe(480);
});
