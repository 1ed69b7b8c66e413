import { badParameter } from './fault.js';

/** A decoded body: `line_items[0][price_data][currency]=krw` is an object of objects, with lists as keys 0, 1, 2. */
export interface FormTree {
  [name: string]: string | FormTree;
}

/** Reads the bracketed form encoding that Stripe's API takes in bodies and queries. */
export function parseFormTree(encoded: string): FormTree {
  const tree = branch();
  for (const [path, value] of new URLSearchParams(encoded)) {
    const names = [...path.matchAll(/[^[\]]+/g)].map(match => match[0]);
    // `types[]=a` numbers itself.
    if (path.endsWith('[]')) names.push('');
    const last = names.pop();
    if (last === undefined) continue;
    let place = tree;
    for (const name of names) {
      const inner = place[name];
      place = typeof inner === 'object' ? inner : (place[name] = branch());
    }
    place[last === '' ? String(Object.keys(place).length) : last] = value;
  }
  return tree;
}

// Without a prototype, so that no name of a parameter can be mistaken for something inherited.
const branch = (): FormTree => Object.create(null) as FormTree;

export function textAt(tree: FormTree | undefined, name: string): string | null {
  const value = tree?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function treeAt(tree: FormTree | undefined, name: string): FormTree | undefined {
  const value = tree?.[name];
  return typeof value === 'object' ? value : undefined;
}

/** The members of a list, in order. */
export function listAt(tree: FormTree | undefined, name: string): (string | FormTree)[] {
  return Object.values(treeAt(tree, name) ?? {});
}

/** A flat map of texts, such as metadata. An empty value unsets, so it is left out. */
export function textsAt(tree: FormTree | undefined, name: string): Record<string, string> {
  const entries = Object.entries(treeAt(tree, name) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => !!entry[1] && typeof entry[1] === 'string'),
  );
}

/** @throws StripeFault when the parameter is there but no whole number. `path` is what the fault calls it. */
export function integerAt(tree: FormTree | undefined, name: string, path = name): number | null {
  const text = textAt(tree, name);
  if (text === null) return null;
  if (!/^-?\d{1,15}$/.test(text)) {
    throw badParameter(path, `Invalid integer: ${text}`, 'parameter_invalid_integer');
  }
  return Number(text);
}
