/** A row that cannot be imported, and why, in English: operators read it on a terminal. Its product is not imported. */
export interface BadRow {
  row: number;
  reason: string;
}

/** A cell's meaning, or why it has none. */
export type Reading<Value> = { ok: true; value: Value } | { ok: false; reason: string };

/** Gathers all that is wrong with a product, so that it is told at once. */
export interface Problems {
  add(row: number, reason: string): void;
  /** The value read; or `instead`, and one more bad row. */
  take<Value>(row: number, reading: Reading<Value>, instead: Value): Value;
  /** By row, each reason of a row once. */
  list(): BadRow[];
}

export function gatherProblems(): Problems {
  const found = new Map<string, BadRow>();
  const add = (row: number, reason: string) => void found.set(`${row} ${reason}`, { row, reason });
  return {
    add,
    take(row, reading, instead) {
      if (reading.ok) return reading.value;
      add(row, reading.reason);
      return instead;
    },
    list: () => [...found.values()].sort((a, b) => a.row - b.row),
  };
}
