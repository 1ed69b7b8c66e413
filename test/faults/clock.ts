/** The clock of the whole world of a run: the store's processes and both payment providers read the same time. */
export interface MovedClock {
  now(): Date;
  /** How far it stands before the real one, in ms. */
  ahead(): number;
  advance(ms: number): void;
  /** When a moment of this clock really was (ms): it had been moved less far then. */
  realOf(moment: Date): number;
}

export function createMovedClock(): MovedClock {
  let ahead = 0;
  const moves: { at: number; ahead: number }[] = [{ at: 0, ahead: 0 }];
  return {
    now: () => new Date(Date.now() + ahead),
    ahead: () => ahead,
    advance(ms) {
      ahead += ms;
      moves.push({ at: Date.now(), ahead });
    },
    realOf(moment) {
      const time = moment.getTime();
      const move = moves.findLast(({ at, ahead: by }) => time - by >= at);
      return time - (move?.ahead ?? 0);
    },
  };
}
