import type { Db } from '../platform/db.js';
import sharp from 'sharp';
import { renderImage } from './actions.js';

/** Tasks for `startWorker`: 'media.render' makes the sizes of one picture. */
export function mediaTasks({ db }: { db: Db }): Record<string, (payload: unknown) => Promise<void>> {
  // Encoding on every core at once would slow down the pages that the same process serves.
  sharp.concurrency(1);
  return {
    async 'media.render'(payload) {
      const { imageId } = payload as { imageId: string };
      await renderImage(db, { imageId });
    },
  };
}
