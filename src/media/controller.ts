import type { RequestHandler } from 'express';
import { NotFound } from '../lib/errors.js';
import type { Db } from '../platform/db.js';
import { findRendition, listRenditionWidths } from './queries.js';
import { nearestWidth, picturePath, readRenditionName } from './rules.js';

/**
 * Sends one rendition. A picture whose sizes are not made yet is not found: its original is never sent (it can hold
 * the place it was taken, in any format and size), and since all sizes become ready at once there is no other to show;
 * pages leave such pictures out by `ready_at`. A ready picture asked for in a width it was never made in (a page from
 * before a release that changed the widths) leads to the nearest one, for now only.
 */
export function pictureHandler({ db }: { db: Db }): RequestHandler<{ id: string; file: string }> {
  return async (req, res) => {
    const { id: imageId, file } = req.params;
    const name = readRenditionName(file);
    if (!name || !/^[0-9a-f]{20}$/.test(imageId)) throw new NotFound();
    const body = await findRendition(db, { imageId, ...name });
    if (!body) {
      const widths = await listRenditionWidths(db, { imageId, format: name.format });
      if (widths.length === 0) throw new NotFound();
      res.set('Cache-Control', 'no-store');
      return res.redirect(302, picturePath(imageId, nearestWidth(widths, name.width), name.format));
    }
    res.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Type': `image/${name.format}`,
      'Content-Length': String(body.length),
      // Letters show pictures of what was bought inside the pages of mail providers.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    // Not `send`, which would hash the bytes for an ETag that an address made from the bytes does not need.
    res.end(body);
  };
}
