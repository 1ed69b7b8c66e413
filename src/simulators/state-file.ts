import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StateFile<State> {
  state: State;
  /** Writes what `state` holds now; readers see the old file or the new one, never half of one. */
  save(): void;
}

/**
 * Keeps a simulator's memory in one JSON file, so that a restart of the development server does not lose the payment
 * a developer is in the middle of. Without a path it lives in memory only. A file that cannot be read is started over.
 */
export function openStateFile<State extends object>(
  path: string | undefined,
  empty: State,
): StateFile<State> {
  const state = path === undefined ? empty : { ...empty, ...load<State>(path) };
  return {
    state,
    save() {
      if (path === undefined) return;
      mkdirSync(dirname(path), { recursive: true });
      const next = `${path}.${process.pid}.next`;
      writeFileSync(next, JSON.stringify(state));
      renameSync(next, path);
    },
  };
}

function load<State>(path: string): Partial<State> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<State>;
  } catch {
    return {};
  }
}
