import { Stripe } from 'stripe';

/**
 * What a failed call to Stripe tells us.
 * `no-answer`: nothing usable came back, the call may have had its effect.
 * `stored-failure`: Stripe answered 5xx, 409 or "this key had another body": under this idempotency key the answer
 *   will not get better, but the object may exist all the same.
 * `refused`: an answered no; nothing was made. `not-found`: the object named in the path is unknown.
 * `misconfigured`: wrong key or rights; says nothing of the payment.
 */
export interface StripeFailure {
  kind: 'no-answer' | 'stored-failure' | 'refused' | 'not-found' | 'misconfigured';
  /** A short machine word for the log. Never Stripe's message: it may repeat what the buyer typed. */
  code: string;
}

/** Sorts whatever a call to Stripe threw. */
export function readStripeError(error: unknown): StripeFailure {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) return { kind: 'no-answer', code: nameOf(error) };
  const code = error.code ?? error.rawType ?? error.type;
  if (error instanceof errors.StripeConnectionError) return { kind: 'no-answer', code: 'connection' };
  if (error instanceof errors.StripeRateLimitError) return { kind: 'no-answer', code: 'rate_limit' };
  if (error instanceof errors.StripeIdempotencyError) return { kind: 'stored-failure', code };
  if (error instanceof errors.StripeInvalidRequestError) {
    return { kind: error.code === 'resource_missing' ? 'not-found' : 'refused', code };
  }
  if (error instanceof errors.StripeCardError) return { kind: 'refused', code };
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    return { kind: 'misconfigured', code };
  }
  return { kind: 'stored-failure', code };
}

// The SDK lets a TypeError through when an answer is JSON but no object; that is as good as no answer.
function nameOf(error: unknown): string {
  return error instanceof OutOfTime ? 'timeout' : error instanceof Error ? error.name : 'unexpected';
}

class OutOfTime extends Error {}

export type Within = ReturnType<typeof startDeadline>;

/**
 * A time limit for one gateway operation, however many calls it makes. The SDK's own timeout is per try and counts
 * only silence on the socket, so an answer that trickles, or three tries in a row, could hold a page far longer.
 * A call that loses the race goes on in the background; every write here is safe to repeat, so that does no harm.
 */
export function startDeadline(
  totalMs: number,
): <T>(call: (options: { timeout: number }) => Promise<T>) => Promise<T> {
  const end = performance.now() + totalMs;
  const perTry = Math.max(1, Math.floor(totalMs * 0.29));
  return async call => {
    const left = end - performance.now();
    if (left <= 0) throw new OutOfTime();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new OutOfTime()), left);
    });
    try {
      return await Promise.race([call({ timeout: perTry }), limit]);
    } finally {
      clearTimeout(timer);
    }
  };
}
