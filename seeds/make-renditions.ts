import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { encodePicture, renditionName, renditionsFor } from '../src/media/index.js';
import { imagesDir, sizesDir } from './pictures.js';

/**
 * Makes the sizes of the demo's pictures ahead of time, so that the first start has nothing to encode. Run it after
 * adding a picture: `npm run -s build && node dist/seeds/make-renditions.js`. Sizes that are there stay; delete one to
 * have it made anew. Slower and smaller (AVIF effort 4) than what the store's own job makes.
 */
const EFFORT = 4;

await mkdir(sizesDir, { recursive: true });
for (const file of (await readdir(imagesDir)).filter(name => name.endsWith('.webp'))) {
  const original = await readFile(path.join(imagesDir, file));
  const { width } = await sharp(original).metadata();
  for (const rendition of renditionsFor(width)) {
    const target = path.join(sizesDir, `${path.parse(file).name}-${renditionName(rendition)}`);
    if (!existsSync(target))
      await writeFile(target, await encodePicture(original, rendition, { effort: EFFORT }));
  }
}
