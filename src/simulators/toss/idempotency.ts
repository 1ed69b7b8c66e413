import type { Answer } from '../desk.js';
import { TossFault } from './fault.js';
import type { TossState } from './state.js';

const KEPT_MS = 15 * 24 * 3_600_000;
const RUNNING = 0;

/**
 * Runs a POST at most once per key and URL for 15 days. The body is not compared, and a refusal is repeated like any
 * other answer: whoever corrects a request needs a new key. Server errors are not kept.
 */
export async function oncePerKey(
  keys: TossState['keys'],
  { key, url, now }: { key: string | null; url: string; now: number },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (key === null) return work();
  if (key.length > 300) throw new TossFault('INVALID_IDEMPOTENCY_KEY');
  const name = `${url} ${key}`;
  const kept = keys[name];
  if (kept && now - kept.at < KEPT_MS) {
    if (kept.status === RUNNING) throw new TossFault('IDEMPOTENT_REQUEST_PROCESSING');
    return { status: kept.status, body: kept.body };
  }
  keys[name] = { at: now, status: RUNNING, body: null };
  try {
    const answer = await work();
    if (answer.status >= 500) delete keys[name];
    else keys[name] = { at: now, status: answer.status, body: structuredClone(answer.body) };
    return answer;
  } catch (error) {
    delete keys[name];
    throw error;
  }
}
