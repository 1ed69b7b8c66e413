/** A table of states: from each state, the states it may become. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

export function mayMove<State extends string>(moves: Moves<State>, from: State, to: State): boolean {
  return moves[from].includes(to);
}

/** @throws Error when the table has no such move: whoever calls has asked before, under the lock. */
export function assertMove<State extends string>(
  moves: Moves<State>,
  from: State,
  to: State,
  what: string,
): void {
  if (!mayMove(moves, from, to)) throw new Error(`${what}: no move from ${from} to ${to}`);
}
