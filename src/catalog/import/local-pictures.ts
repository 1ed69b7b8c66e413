import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Pictures in a folder, by the file names that a product file's addresses end with. Nothing is fetched. */
export interface LocalPictures {
  /** The bytes of the picture that `source` (an address or a file name) means; null when the folder has none. */
  read(source: string): Promise<Buffer | null>;
}

/** @throws Error when there is no such folder. */
export function openPictures(dir: string): LocalPictures {
  // Only names that the folder itself lists are opened: an address leads nowhere else on this machine.
  const names = new Set(
    readdirSync(dir, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : [])),
  );
  return {
    async read(source) {
      const name = fileName(source);
      return names.has(name) ? await readFile(path.join(dir, name)) : null;
    },
  };
}

/** "https://cdn.example/a/red%20shirt.jpg?v=2" means "red shirt.jpg". */
function fileName(source: string): string {
  if (!URL.canParse(source)) return source;
  const last = new URL(source).pathname.split('/').at(-1)!;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
