import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locale } from '../../src/lib/locale.js';
import { localesDir } from '../../src/platform/places.js';
import type { SourceFile } from './sources.js';

export const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/;

/** All sentences of a language by their whole key, plural suffix included. */
export function sentencesOf(locale: Locale): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (at: string, node: unknown) => {
    if (typeof node === 'string') found.set(at, node);
    else if (typeof node === 'object' && node !== null) {
      for (const [name, inner] of Object.entries(node)) walk(`${at}.${name}`, inner);
    } else throw new Error(`${locale}: ${at} is neither a sentence nor a group of them`);
  };
  const dir = path.join(localesDir, locale);
  for (const file of readdirSync(dir)) {
    walk(path.basename(file, '.json'), JSON.parse(readFileSync(path.join(dir, file), 'utf8')));
  }
  return found;
}

/** The keys as code names them: without the suffix by which i18next chooses a plural form. */
export const baseKeys = (sentences: ReadonlyMap<string, string>): Set<string> =>
  new Set([...sentences.keys()].map(key => key.replace(PLURAL_SUFFIX, '')));

export interface Mention {
  file: string;
  /** As written, with `${…}` where a part is worked out. */
  written: string;
  /** Which keys it can mean. */
  pattern: RegExp;
  /** Surely a key and not something that looks like one (a column of a table): it has to exist. */
  certain: boolean;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `checkout.label.${name}` means every key of that shape; a text that ends in a dot means every key below. */
function patternOf(written: string): RegExp {
  const parts = written.split(/\$\{[^}]*\}/).map(escape);
  return new RegExp(`^${parts.join('[^.]+')}${written.endsWith('.') ? '.+' : ''}$`);
}

/** Every text in the sources that names a sentence, or could: its first part is one of `rooms`, the names of files. */
export function mentionsIn({ name, text }: SourceFile, rooms: readonly string[]): Mention[] {
  const literal = /(\bt\(\s*|\bkey: )?(['"`])(([A-Za-z][\w-]*)\.[^'"`\s<>:]*?)\2/g;
  // Templates, view models and forms talk to the reader only: no text of theirs is a column's name.
  const speaking = /\.ejs$|\/(views|forms)\.ts$/.test(name);
  const whole = [...text.matchAll(literal)].flatMap(([, before, , written, room]) => {
    if (before === undefined && !rooms.includes(room!)) return [];
    const certain = before !== undefined || (speaking && !/\.(js|ejs|css|svg|json)$/.test(written!));
    return [{ file: name, written: written!, pattern: patternOf(written!), certain }];
  });
  // t(`${key}.subject`): what comes before is named elsewhere.
  const ends = [...text.matchAll(/\bt\(\s*`\$\{\w+\}(\.[\w.]+)`/g)].map(([, end]) => ({
    file: name,
    written: `…${end}`,
    pattern: new RegExp(`${escape(end!)}$`),
    certain: true,
  }));
  return [...whole, ...ends];
}
