import { SECOND } from '../lib/time.js';

const KEPT_FOR = 30 * SECOND;

/**
 * What many pages print and few people change, remembered for half a minute a key: not for anything that is charged. A
 * failure is not remembered; requests that come meanwhile share one load.
 */
export function remembered<Key extends string, Value>(
  load: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const kept = new Map<Key, { value: Promise<Value>; until: number }>();
  return key => {
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.value;
    const value = load(key);
    kept.set(key, { value, until: Date.now() + KEPT_FOR });
    value.catch(() => kept.delete(key));
    return value;
  };
}
