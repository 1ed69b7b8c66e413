import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type pg from 'pg';
import { TooManyRequests } from '../lib/errors.js';

/** Counts tries by key in Postgres, so that all processes count together. */
export interface RateLimit {
  /** Counts one try at each key. @throws TooManyRequests when any of them has used up its tries. */
  count(...keys: string[]): Promise<void>;
  /** Takes back what `count` counted at each key: the try was none that the limit is about. */
  giveBack(...keys: string[]): Promise<void>;
}

/** `tries` in `seconds` a key. `name` keeps limits apart. */
export function createRateLimit(
  pool: pg.Pool,
  options: { name: string; tries: number; seconds: number },
): RateLimit {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: options.name,
    points: options.tries,
    duration: options.seconds,
    clearExpiredByTimeout: false, // a cron job does it, once for all processes
  });
  const stored = (key: string) => key.slice(0, 200);
  return {
    async giveBack(...keys) {
      for (const key of keys) await limiter.reward(stored(key));
    },
    async count(...keys) {
      for (const key of keys) {
        try {
          await limiter.consume(stored(key));
        } catch (refusal) {
          if (refusal instanceof RateLimiterRes)
            throw new TooManyRequests(Math.ceil(refusal.msBeforeNext / 1_000));
          throw refusal;
        }
      }
    },
  };
}
