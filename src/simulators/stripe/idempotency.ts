import { createHash } from 'node:crypto';
import type { Answer } from '../desk.js';
import { StripeFault } from './fault.js';
import type { KeptAnswer, StripeState } from './state.js';

const RUNNING = 0;

/**
 * Runs a POST at most once per key and answers repeats from memory, 500s included. The same key with another body or
 * at another URL is refused, and so is a repeat while the first is still running.
 */
export async function oncePerKey(
  keys: StripeState['keys'],
  { key, request }: { key: string | null; request: string },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === null) return work();
  if (key.length > 255)
    throw new StripeFault('An idempotency key has at most 255 characters.', { forgotten: true });
  const print = createHash('sha256').update(request).digest('hex');
  const kept = keys[key];
  if (kept) return replay(kept, key, print);
  keys[key] = { request: print, status: RUNNING, body: null };
  try {
    const answer = await work();
    keys[key] = { request: print, status: answer.status, body: answer.body };
    return answer;
  } catch (error) {
    if (error instanceof StripeFault && !error.forgotten) {
      keys[key] = { request: print, status: error.status, body: error.body };
    } else {
      delete keys[key];
    }
    throw error;
  }
}

function replay(kept: KeptAnswer, key: string, print: string): Answer {
  if (kept.request !== print) {
    throw new StripeFault(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
      { type: 'idempotency_error' },
    );
  }
  if (kept.status === RUNNING) {
    throw new StripeFault(
      `There is currently another in-progress request using this idempotent key (${key}).`,
      {
        status: 409,
        code: 'idempotency_key_in_use',
      },
    );
  }
  return {
    status: kept.status,
    body: kept.body,
    headers: { 'idempotent-replayed': 'true', 'stripe-should-retry': 'false' },
  };
}
