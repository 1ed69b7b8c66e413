import { dictionary } from '@zxcvbn-ts/language-common';

/** As a guesser's list has it: case and the width of letters make no difference. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
const lettersOf = (text: string): string => folded(text).replace(/[^\p{L}]/gu, '');

let common: ReadonlySet<string> | undefined;

/** Whether a password is among the 49,000 most used, in whatever case: those are tried first. */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(dictionary['passwords-common'].map(folded));
  const tried = folded(password);
  return common.has(tried) || common.has(tried.trim());
}

/** Shorter names are part of many a good password. */
const SHORTEST_NAME = 3;

/**
 * Whether a password is nothing but what everybody knows of its owner: the address, the part before the @, the name or the
 * shop's name, with whatever digits and signs around it.
 */
export function isPersonalPassword(password: string, about: readonly string[]): boolean {
  const whole = folded(password).trim();
  const letters = lettersOf(password);
  const known = about.flatMap(each => [each, each.split('@')[0]!]).filter(each => each.trim() !== '');
  return known.some(each => {
    const name = lettersOf(each);
    return whole === folded(each).trim() || ([...name].length >= SHORTEST_NAME && letters === name);
  });
}
