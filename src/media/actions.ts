import { digest, newToken } from '../lib/ids.js';
import { change, inTransaction, type Db, type Tx } from '../platform/db.js';
import { enqueue } from '../platform/jobs.js';
import { encodePicture, inspectPicture, type InspectResult, type PrivatePicture } from './encode.js';
import { findImage, findOriginal } from './queries.js';
import { renditionName, renditionsFor, type Picture, type Rendition } from './rules.js';

export type StoreResult = { ok: true; picture: Picture } | Exclude<InspectResult, { ok: true }>;

/** Quick enough for a small server; the demo's pictures were given more time, see seeds/make-renditions.ts. */
const JOB_EFFORT = 2;

/**
 * Keeps a picture (JPEG, PNG, WebP or AVIF, told by its bytes) under an id made from those bytes: the same bytes again
 * are the same picture. A job that starts with the caller's commit makes its sizes, unless they come along ready.
 * Refused: more than 20 MB, more than 40 million pixels, or not decodable.
 * @throws Error when `renditions` are given but one that pages will ask for is missing.
 */
export async function storeImage(
  tx: Tx,
  { original, renditions }: { original: Buffer; renditions?: readonly Rendition[] },
): Promise<StoreResult> {
  const inspected = await inspectPicture(original, { thorough: !renditions });
  if (!inspected.ok) return inspected;
  const { format, width, height } = inspected;
  const id = digest(original);
  await tx('images').insert({ id, original, format, width, height }).onConflict('id').ignore();
  const kept = await findImage(tx, { imageId: id });
  if (!kept?.ready) {
    if (renditions) await addRenditions(tx, { imageId: id, width, renditions });
    else await enqueue(tx, 'media.render', { imageId: id }, { key: `media.render:${id}`, tries: 5 });
  }
  return { ok: true, picture: { id, width, height } };
}

/**
 * Makes the sizes a picture lacks. Encoding happens outside any transaction; two runs at once do the work twice and
 * keep the first result. Gone or complete already: nothing happens.
 * @throws Error of sharp when the original cannot be decoded: the job's last try is its end.
 */
export async function renderImage(db: Db, { imageId }: { imageId: string }): Promise<void> {
  const image = await findImage(db, { imageId });
  const original = image && (await findOriginal(db, { imageId }));
  if (!original) return;
  const lacking = renditionsFor(image.width).filter(name => !image.made.includes(renditionName(name)));
  if (image.ready && lacking.length === 0) return;
  const renditions: Rendition[] = [];
  for (const name of lacking) {
    renditions.push({ ...name, body: await encodePicture(original, name, { effort: JOB_EFFORT }) });
  }
  await inTransaction(db, tx => addRenditions(tx, { imageId, width: image.width, renditions }));
}

/** Adds sizes and declares the picture ready: pages see all of them or none. */
async function addRenditions(
  tx: Tx,
  { imageId, width, renditions }: { imageId: string; width: number; renditions: readonly Rendition[] },
): Promise<void> {
  const values = renditions.map(made => ({
    image_id: imageId,
    width: made.width,
    format: made.format,
    body: made.body,
  }));
  if (values.length > 0) await tx('image_renditions').insert(values).onConflict().ignore();
  const image = await findImage(tx, { imageId });
  const missing = renditionsFor(width)
    .map(renditionName)
    .filter(name => !image?.made.includes(name));
  if (missing.length > 0) throw new Error(`picture ${imageId} lacks ${missing.join(', ')}`);
  await change(tx, `update images set ready_at = now() where id = :imageId and ready_at is null`, {
    imageId,
  });
}

/** Keeps a picture that `preparePrivatePicture` made. Its name says nothing of it; /images never sends it. */
export async function keepPrivatePicture(
  tx: Tx,
  { picture, now }: { picture: PrivatePicture; now: Date },
): Promise<string> {
  const id = newToken();
  await tx('private_images').insert({ id, ...picture, created_at: now });
  return id;
}

/** Deletes a private picture that nothing names any more; gone already is as well. */
export async function forgetPrivatePicture(tx: Tx, { imageId }: { imageId: string }): Promise<void> {
  await tx('private_images').where({ id: imageId }).delete();
}
