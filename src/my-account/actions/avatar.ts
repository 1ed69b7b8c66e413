import { setAvatar } from '../../accounts/index.js';
import { forgetPrivatePicture, keepPrivatePicture, type PrivatePicture } from '../../media/index.js';
import { inTransaction, type Db } from '../../platform/db.js';

/** A new picture in place of the old one, or none (null): the old one is deleted in the same transaction. */
export async function replaceAvatar(
  db: Db,
  { userId, picture, now }: { userId: number; picture: PrivatePicture | null; now: Date },
): Promise<void> {
  await inTransaction(db, async tx => {
    const imageId = picture && (await keepPrivatePicture(tx, { picture, now }));
    const before = await setAvatar(tx, { userId, imageId, now });
    if (before) await forgetPrivatePicture(tx, { imageId: before });
  });
}
