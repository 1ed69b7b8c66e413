import type { Request, Response } from 'express';
import multer from 'multer';
import { BadRequest } from '../lib/errors.js';

/** What came with a form that may bring files. */
export type Uploads =
  | { ok: true; files: Buffer[] }
  /** More or larger files than the form takes. The text fields before them are in `req.body` all the same. */
  | { ok: false; reason: 'too-many' | 'too-large' };

/** Limits of multer that mean: the reader chose too much. Whatever else is wrong was never made by our page. */
const REASONS: Readonly<Record<string, 'too-many' | 'too-large'>> = {
  LIMIT_FILE_SIZE: 'too-large',
  LIMIT_FILE_COUNT: 'too-many',
  LIMIT_UNEXPECTED_FILE: 'too-many',
  LIMIT_PART_COUNT: 'too-many',
};

/**
 * Reads a form of our own that brings up to `files` files in the field `field`, each of at most `bytes`, into memory; the
 * texts go to `req.body`. Forms without files (posted by a browser that sends none) pass through as they are. Names and
 * types that the files claim are dropped: only their bytes count. Nothing is read before this is called, so the caller asks
 * first who sends it.
 * @throws BadRequest for a body that is not what it says.
 */
export async function readUploads(
  req: Request,
  res: Response,
  { field, files, bytes }: { field: string; files: number; bytes: number },
): Promise<Uploads> {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { files, fileSize: bytes, fields: 60, fieldSize: 20_000, fieldNameSize: 100, parts: 60 + files },
  }).array(field, files);
  const error = await new Promise<unknown>(resolve => read(req, res, resolve));
  if (error instanceof multer.MulterError) {
    const reason = REASONS[error.code];
    if (reason) return { ok: false, reason };
  }
  if (error) throw new BadRequest('not a form of ours');
  // A file field that was left empty is sent as a file of no bytes.
  const sent = Array.isArray(req.files) ? req.files.map(({ buffer }) => buffer) : [];
  return { ok: true, files: sent.filter(buffer => buffer.length > 0) };
}
