import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs from 'ejs';
import { viewsDir } from '../platform/places.js';

type Template = (data: object) => string;

/** Names every template may use without `locals.`; the rest of its input stands in its first line. */
export const HELPERS = ['t', 'locale', 'url', 'asset', 'money', 'partial'];

/** Most of what is printed holds nothing to escape: test first. */
const UNSAFE = /[&<>"']/;
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
export function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return '';
  // oxlint-disable-next-line typescript/no-base-to-string -- templates print strings and numbers
  const text = String(value);
  return UNSAFE.test(text) ? text.replace(/[&<>"']/g, character => ENTITIES[character]!) : text;
}

const compiled = new Map<string, Template>();

/** A precompiled strict EJS template by its path in views/, without the ending. Names ending in `.text` print plain text. */
function template(name: string): Template {
  let made = compiled.get(name);
  if (!made) {
    const file = path.join(viewsDir, `${name}.ejs`);
    made = ejs.compile(readFileSync(file, 'utf8'), {
      filename: file,
      strict: true,
      escape: name.endsWith('.text') ? String : escapeHtml,
      destructuredLocals: HELPERS,
    });
    compiled.set(name, made);
  }
  return made;
}

/** Renders `name` with `data`. `partial(name, more)` inside renders another template with the same data and `more`. */
export function render(name: string, data: object): string {
  const context: Record<string, unknown> = {
    ...data,
    partial: (inner: string, more?: object) => template(inner)({ ...context, ...more }),
  };
  return template(name)(context);
}
