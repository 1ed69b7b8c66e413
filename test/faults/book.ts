import type { SimulatedLetter } from '../../src/simulators/index.js';

/** Something that went wrong inside the store: excusable only when the runner had its hand in it. */
export interface Failure {
  process: string;
  /** Real time (ms) between which it happened. */
  from: number;
  to: number;
  what: string;
}

/** What the runner saw and did; the checks of the model read it besides the database and the providers' books. */
export interface Book {
  answered(status: number): void;
  did(what: string): void;
  troubled(kind: string): void;
  /** A database connection was cut, at this moment. */
  disconnected(): void;
  failed(failure: Failure): void;
  /** Somebody read what is not theirs, a forgery was believed, a process ended by itself … */
  violated(check: string, text: string): void;
  keepLetters(letters: readonly SimulatedLetter[]): void;
  readonly answers: ReadonlyMap<number, number>;
  readonly deeds: ReadonlyMap<string, number>;
  readonly troubles: ReadonlyMap<string, number>;
  readonly jobFailures: Map<string, number>;
  readonly letters: readonly SimulatedLetter[];
  readonly violations: readonly { check: string; text: string }[];
  /** Ids of deliveries that no provider ever sent. */
  readonly forgeries: Set<string>;
  /** Pieces that came in by variant, the initial stock included. */
  readonly received: Map<number, number>;
  failures(): { excused: Failure[]; unexcused: Failure[] };
}

/** A cut connection may show itself this much later: the pool still hands it out until the news has arrived. */
const LATE_NEWS_MS = 1_500;

export function createBook(): Book {
  const answers = new Map<number, number>();
  const deeds = new Map<string, number>();
  const troubles = new Map<string, number>();
  const letters = new Map<string, SimulatedLetter>();
  const violations: { check: string; text: string }[] = [];
  const cuts: number[] = [];
  const failures: Failure[] = [];
  const isExcused = ({ from, to }: Failure) => cuts.some(cut => cut >= from - LATE_NEWS_MS && cut <= to);
  return {
    answered: status => count(answers, status),
    did: what => count(deeds, what),
    troubled: kind => count(troubles, kind),
    disconnected: () => void cuts.push(Date.now()),
    failed: failure => void failures.push(failure),
    violated: (check, text) => void violations.push({ check, text }),
    keepLetters(arrived) {
      for (const letter of arrived) letters.set(letter.id, letter);
    },
    answers,
    deeds,
    troubles,
    jobFailures: new Map(),
    get letters() {
      return [...letters.values()];
    },
    violations,
    forgeries: new Set(),
    received: new Map(),
    failures: () => ({
      excused: failures.filter(isExcused),
      unexcused: failures.filter(failure => !isExcused(failure)),
    }),
  };
}

export function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
