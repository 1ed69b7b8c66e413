import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { renditionName, renditionsFor, storeImage, type Rendition } from '../src/media/index.js';
import type { Tx } from '../src/platform/db.js';
import { rootDir } from '../src/platform/places.js';

/** tsc copies no pictures: they are read from the sources' folder, also by the compiled seed. */
export const imagesDir = path.join(rootDir, 'seeds', 'images');
/** Ready-made sizes, `<name>-<width>.<format>`: see make-renditions.ts. */
export const sizesDir = path.join(imagesDir, 'sizes');

/** A picture of seeds/images with all its sizes, read from disk. `name` is the file's name without extension. */
async function readPicture(name: string): Promise<{ original: Buffer; renditions: Rendition[] }> {
  const original = await readFile(path.join(imagesDir, `${name}.webp`));
  const { width } = await sharp(original).metadata();
  const renditions = renditionsFor(width).map(async rendition => ({
    ...rendition,
    body: await readFile(path.join(sizesDir, `${name}-${renditionName(rendition)}`)),
  }));
  return { original, renditions: await Promise.all(renditions) };
}

/** Puts pictures into the store, with their sizes; returns the id of each by its name. Repeating it changes nothing. */
export async function seedPictures(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of new Set(names)) {
    const stored = await storeImage(tx, await readPicture(name));
    if (!stored.ok) throw new Error(`seeds/images/${name}.webp: ${stored.reason}`);
    ids.set(name, stored.picture.id);
  }
  return ids;
}
