/** A clock that tests can push forward: ten minutes pass at once instead of being waited for. */
export interface Clock {
  now(): Date;
  /** Unix seconds, as Stripe writes times. */
  seconds(): number;
  advance(ms: number): void;
}

export function createClock(base: () => Date = () => new Date()): Clock {
  let ahead = 0;
  const now = () => new Date(base().getTime() + ahead);
  return {
    now,
    seconds: () => Math.floor(now().getTime() / 1000),
    advance: ms => {
      ahead += ms;
    },
  };
}
