/** A stream of numbers that look random and follow from a seed alone. */
export interface Random {
  /** From 0 up to, but not reaching, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number between both, ends included. */
  whole(from: number, to: number): number;
  /** @throws Error when there is nothing to pick from. */
  pick<T>(list: readonly T[]): T;
  /** Picks by `weight`: twice the weight, twice as often. */
  weighted<T extends { weight: number }>(list: readonly T[]): T;
  /** A stream of its own for one actor. */
  fork(name: string): Random;
}

/**
 * Mulberry32: 32 bits of state, one addition and three multiplications a number, a period of 2^32; plenty for
 * choosing what buyers do. Every actor gets a stream of its own, forked by its name: which actor the processor happens
 * to run first then changes nobody's choices. What a run does still depends on the answers of two busy processes, so a
 * seed gives the same intentions again, not the same microseconds.
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: probability => next() < probability,
    pick(list) {
      const picked = list[whole(0, list.length - 1)];
      if (list.length === 0 || picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    weighted(list) {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0);
      const found = list.find(({ weight }) => (left -= weight) < 0) ?? list.at(-1);
      if (!found) throw new Error('nothing to pick from');
      return found;
    },
    fork: name => createRandom(hash(`${seed}/${name}`)),
  };
}

/** FNV-1a: spreads names that differ in one letter. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 0x01000193);
  return value >>> 0;
}
