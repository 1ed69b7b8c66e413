import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import ejs from 'ejs';
import { expect, test } from 'vitest';
import { escapeHtml, HELPERS } from '../src/web/views.js';
import { filesOf } from './support/sources.js';

const templates = filesOf('views', '.ejs');
const isLetter = (name: string) => name.startsWith('views/mail/');

/** What every template gets with the request; the rest a template names in its first line. */
const FROM_REQUEST = new Set(
  'requestId currency country theme baseUrl shop flash layout path title'.split(' '),
);

/** Compiles as src/web/views.ts does; the class gives away the JavaScript that EJS made. */
function compile({ name, text }: { name: string; text: string }): string {
  const template = new ejs.Template(text, {
    filename: name,
    compileDebug: false,
    strict: true,
    escape: escapeHtml,
    destructuredLocals: HELPERS,
  });
  template.compile();
  return `export default function (locals, escapeFn, include, rethrow) {\n${template.source}\n}\n`;
}

/** Every violation of `rule` as "file: what". */
const violations = (rule: (template: { name: string; text: string }) => string[]) =>
  templates.flatMap(template => rule(template).map(what => `${template.name}: ${what}`));

test('every template compiles in strict mode', () => {
  expect(templates.length).toBeGreaterThan(0);
  expect(
    violations(template => {
      try {
        compile(template);
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  ).toEqual([]);
});

test('no template uses a name that nobody gives it', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'trainium-templates-'));
  try {
    writeFileSync(
      path.join(dir, '.oxlintrc.json'),
      '{ "categories": { "correctness": "off" }, "rules": { "no-undef": "error" } }',
    );
    for (const template of templates) {
      writeFileSync(path.join(dir, `${template.name.replaceAll('/', '~')}.js`), compile(template));
    }
    const oxlint = path.join(
      path.dirname(createRequire(import.meta.url).resolve('oxlint/package.json')),
      'bin/oxlint',
    );
    const run = spawnSync(process.execPath, [oxlint, '-f', 'unix', '.'], { cwd: dir, encoding: 'utf8' });
    const undefinedNames = run.stdout.split('\n').filter(line => line.includes('no-undef'));
    expect(undefinedNames.map(line => line.replace(/:\d+:\d+:/, ':').replaceAll('~', '/'))).toEqual([]);
    expect(run.status).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('only partials, the body of a page and structured data are printed unescaped', () => {
  const allowed = /^(partial\(|(locals\.)?body$|(locals\.)?jsonLd\b)/;
  expect(
    violations(({ text }) =>
      [...text.matchAll(/<%-([\s\S]*?)[-_]?%>/g)]
        .map(([, code]) => code!.trim())
        .filter(code => !allowed.test(code)),
    ),
  ).toEqual([]);
});

test('pages carry no inline style and no script but structured data and files', () => {
  expect(
    violations(({ name, text }) => {
      const markup = text.replace(/<%[\s\S]*?%>/g, '');
      const tags = markup.match(/<[a-z][^>]*>/gi) ?? [];
      return tags.filter(
        tag =>
          /\son[a-z]+\s*=/i.test(tag) ||
          /=\s*["']?\s*javascript:/i.test(tag) ||
          (/^<script\b/i.test(tag) && !/\ssrc=|type="application\/ld\+json"/.test(tag)) ||
          // Mail programs know no stylesheets.
          (!isLetter(name) && (/\sstyle\s*=/i.test(tag) || /^<style\b/i.test(tag))),
      );
    }),
  ).toEqual([]);
});

test('the first line of a template names all its inputs', () => {
  expect(
    violations(({ text }) => {
      const firstLine = /^<%#[^\n]*?%>/.exec(text)?.[0] ?? '';
      const named = new Set(firstLine.match(/[A-Za-z_$][\w$]*/g));
      const used = new Set(
        [...text.replace(firstLine, '').matchAll(/\blocals\.([A-Za-z_$][\w$]*)/g)].map(([, name]) => name!),
      );
      return [...used].filter(name => !named.has(name) && !FROM_REQUEST.has(name));
    }),
  ).toEqual([]);
});
