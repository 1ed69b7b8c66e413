import { forgetPrivatePicture } from '../../media/index.js';
import { change, rows, type Tx } from '../../platform/db.js';

/** Forgets what a buyer wrote and photographed about goods that came back; what came back, and why, stays. */
export async function scrubReturns(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  const photos = await rows<{ imageId: string }>(
    tx,
    `delete from return_images i using returns r where r.id = i.return_id and r.order_id = :orderId
     returning i.image_id as "imageId"`,
    { orderId },
  );
  for (const { imageId } of photos) await forgetPrivatePicture(tx, { imageId });
  await change(tx, `update returns set note = '' where order_id = :orderId and note <> ''`, { orderId });
}
