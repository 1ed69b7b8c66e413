import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rootDir } from '../../src/platform/places.js';

export interface SourceFile {
  /** Path below the repository, with forward slashes. */
  name: string;
  text: string;
}

/** Every file below `dir` whose name ends in `ending`, in a fixed order. */
export function filesOf(dir: string, ending: string): SourceFile[] {
  return readdirSync(path.join(rootDir, dir), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .map(file => path.posix.join(dir, file.split(path.sep).join('/')))
    .toSorted()
    .map(name => ({ name, text: readFileSync(path.join(rootDir, name), 'utf8') }));
}
