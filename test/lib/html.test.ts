import { expect, test } from 'vitest';
import { cleanHtml, htmlFromText } from '../../src/lib/html.js';

const HOSTILE = [
  '<p>fine</p>',
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)><math><mi xlink:href="data:x,<script>alert(1)</script>">',
  '<a href="java\tscript:alert(1)">a</a><a href="JaVaScRiPt:alert(1)">b</a><a href="data:text/html,x">c</a>',
  '<a href="/\\evil.example">d</a><a href="//evil.example">e</a>',
  '<div hx-on:click="x" data-hx-get="/x" hx-get="/x" style="position:fixed" id="cart-panel">f</div>',
  '<form action="/x"><input name=a><button>g</button></form><iframe src="/x"></iframe><base href="/x">',
  '<p title="x" class="y" dir="rtl">h',
  '<<p>>i<</p>>',
  'plain & <b>bold',
  '<table onclick="x"><tr><td colspan="2" style="x">j</td></tr></table>',
];

test.each(HOSTILE)('%j comes out without anything that acts', html => {
  const cleaned = cleanHtml(html);
  expect(cleaned).not.toMatch(/<(script|svg|math|img|form|input|button|iframe|base|style|div)\b/i);
  expect(cleaned).not.toMatch(/<[^>]*\s(on\w+|hx-[\w:-]+|data-[\w-]+|style|class|id|title|dir)\s*=/i);
  expect(cleaned).not.toMatch(/href="(?!https?:|mailto:|tel:|#|\/[^/\\])/i);
});

test.each(HOSTILE)('%j cleaned twice is cleaned once', html => {
  expect(cleanHtml(cleanHtml(html))).toBe(cleanHtml(html));
  expect(htmlFromText(htmlFromText(html))).toBe(htmlFromText(html));
});

test('headings stay below those of the page around them', () => {
  expect(cleanHtml('<h1>a</h1><h2>b</h2><h6>c</h6>')).toBe('<h3>a</h3><h3>b</h3><h4>c</h4>');
  expect(cleanHtml('<h1>a</h1><h2>b</h2>', { topHeading: 2 })).toBe('<h2>a</h2><h2>b</h2>');
});

test('links keep addresses of the web, of mail and of this store', () => {
  const links =
    '<a href="https://a.example/?b=1&amp;c=2">a</a><a href="mailto:a@b.example">b</a><a href="/en/help">c</a>';
  expect(cleanHtml(links)).toBe(links);
});

test('a text without blocks becomes paragraphs', () => {
  expect(htmlFromText('one\ntwo\n\nthree')).toBe('<p>one two</p>\n<p>three</p>');
  expect(htmlFromText('')).toBe('');
});
