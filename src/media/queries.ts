import { row, type Db } from '../platform/db.js';
import type { PictureFormat } from './rules.js';

/** The bytes of one rendition; null when there is none of that width and format. */
export async function findRendition(
  db: Db,
  { imageId, width, format }: { imageId: string; width: number; format: PictureFormat },
): Promise<Buffer | null> {
  const found = await row<{ body: Buffer }>(
    db,
    `select body from image_renditions where image_id = :imageId and width = :width and format = :format`,
    { imageId, width, format },
  );
  return found && found.body;
}

/** The widths a picture has in a format, narrowest first; none before its job has run. */
export async function listRenditionWidths(
  db: Db,
  { imageId, format }: { imageId: string; format: PictureFormat },
): Promise<number[]> {
  return await db('image_renditions')
    .where({ image_id: imageId, format })
    .orderBy('width')
    .pluck<number[]>('width');
}

/** What is known of a picture, with the names of the renditions it has; null when there is no such picture. */
export async function findImage(
  db: Db,
  { imageId }: { imageId: string },
): Promise<{ width: number; ready: boolean; made: string[] } | null> {
  return await row(
    db,
    `select i.width, i.ready_at is not null as ready,
            array(select r.width || '.' || r.format from image_renditions r where r.image_id = i.id) as made
       from images i where i.id = :imageId`,
    { imageId },
  );
}

/** The bytes a picture came in with, which can hold the place it was taken: for sizing only, never sent to anybody. */
export async function findOriginal(db: Db, { imageId }: { imageId: string }): Promise<Buffer | null> {
  const found = await row<{ original: Buffer }>(db, `select original from images where id = :imageId`, {
    imageId,
  });
  return found && found.original;
}

/** A picture for whoever has been found to be allowed to see it (WebP); null when there is none. */
export async function findPrivatePicture(
  db: Db,
  { imageId }: { imageId: string },
): Promise<{ body: Buffer } | null> {
  return await row(db, `select body from private_images where id = :imageId`, { imageId });
}
