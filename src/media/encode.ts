import sharp, { type Metadata, type ResizeOptions } from 'sharp';
import { MAX_ORIGINAL_BYTES, MAX_ORIGINAL_PIXELS, type RenditionName } from './rules.js';

/** What a picture's bytes say about it; width and height as it is looked at, a turned camera turned back. */
export interface Inspected {
  format: 'jpeg' | 'png' | 'webp' | 'avif';
  width: number;
  height: number;
}
export type InspectResult =
  | ({ ok: true } & Inspected)
  /** `unreadable` is also what an SVG, a PDF or an animation of another format is: only photographs come in. */
  | { ok: false; reason: 'too-large' | 'too-many-pixels' | 'unreadable' };

const open = (original: Buffer) => sharp(original, { limitInputPixels: MAX_ORIGINAL_PIXELS });

/** The name of a picture that was sent under whatever name and type: only its bytes are believed. */
function formatOf({ format, compression }: Metadata): Inspected['format'] | null {
  if (format === 'heif') return compression === 'av1' ? 'avif' : null;
  return format === 'jpeg' || format === 'png' || format === 'webp' ? format : null;
}

/** Looks at the head of a picture. `thorough` also decodes it once, which finds one that was cut off on its way. */
export async function inspectPicture(
  original: Buffer,
  { thorough }: { thorough: boolean },
): Promise<InspectResult> {
  if (original.length > MAX_ORIGINAL_BYTES) return { ok: false, reason: 'too-large' };
  try {
    // Reading the head decodes nothing: the limit is asked for here, to be told apart from an unreadable file.
    const head = await sharp(original, { limitInputPixels: false }).metadata();
    const format = formatOf(head);
    if (!format) return { ok: false, reason: 'unreadable' };
    const { width, height } = head.autoOrient;
    if (width * height > MAX_ORIGINAL_PIXELS) return { ok: false, reason: 'too-many-pixels' };
    if (thorough) await open(original).resize(16).raw().toBuffer();
    return { ok: true, format, width, height };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}

/**
 * One size of a picture, turned upright, in sRGB, without EXIF (which can hold the place it was taken). AVIF takes ten
 * times as long at effort 4 as at 2, for a sixth fewer bytes.
 * @throws Error of sharp when the original cannot be decoded.
 */
export async function encodePicture(
  original: Buffer,
  { width, format }: RenditionName,
  { effort }: { effort: number },
): Promise<Buffer> {
  const sized = open(original).autoOrient().resize({ width, withoutEnlargement: true });
  return await (
    format === 'avif' ? sized.avif({ quality: 50, effort }) : sized.webp({ quality: 78 })
  ).toBuffer();
}

/** A picture made fit to be kept for a few people: one size, upright, nothing of the file it came in but what is seen. */
export interface PrivatePicture {
  body: Buffer;
  width: number;
  height: number;
}
export type PrepareResult = { ok: true; picture: PrivatePicture } | Exclude<InspectResult, { ok: true }>;

/** Wide enough to see a crack in a handle. */
const PRIVATE_WIDTH = 1_600;

/**
 * Looks at bytes that a visitor sent under whatever name and type, and encodes what they show anew as WebP: neither the
 * place a photograph was taken nor anything hidden behind it remains. Works outside transactions; refuses as `storeImage`.
 */
export async function preparePrivatePicture(original: Buffer): Promise<PrepareResult> {
  return await prepare(original, { width: PRIVATE_WIDTH, withoutEnlargement: true });
}

/** Shown at 96 CSS pixels, on screens of up to three pixels for one. */
const PORTRAIT_WIDTH = 288;

/** The same for a picture of a person: a square out of its middle, of one size whatever came. */
export async function preparePortrait(original: Buffer): Promise<PrepareResult> {
  return await prepare(original, { width: PORTRAIT_WIDTH, height: PORTRAIT_WIDTH, fit: 'cover' });
}

async function prepare(original: Buffer, size: ResizeOptions): Promise<PrepareResult> {
  const inspected = await inspectPicture(original, { thorough: true });
  if (!inspected.ok) return inspected;
  try {
    const sized = open(original).autoOrient().resize(size);
    const { data, info } = await sized.webp({ quality: 78 }).toBuffer({ resolveWithObject: true });
    return { ok: true, picture: { body: data, width: info.width, height: info.height } };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}
