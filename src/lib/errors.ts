/** Ends of a request that are nobody's bug. `web/errors.ts` turns each into its page. */
export class NotFound extends Error {
  override name = 'NotFound';
}

/** Staff permissions only: what is not a shopper's is not found. */
export class Forbidden extends Error {
  override name = 'Forbidden';
}

/** The request cannot be understood at all (a form we never rendered). */
export class BadRequest extends Error {
  override name = 'BadRequest';
}

export class TooManyRequests extends Error {
  override name = 'TooManyRequests';
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super(`retry after ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
