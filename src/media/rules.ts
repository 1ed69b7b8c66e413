/** Widths the pages use, in CSS pixels times density. A picture is never blown up: only widths up to its own count. */
export const PICTURE_WIDTHS = [160, 320, 480, 720, 1080, 1600] as const;
export const PICTURE_FORMATS = ['avif', 'webp'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** What an original may weigh and measure: generous for a camera, too little to keep a small server busy for long. */
export const MAX_ORIGINAL_BYTES = 20 * 1024 * 1024;
export const MAX_ORIGINAL_PIXELS = 40e6;

/** The widths an original of `width` pixels is offered in; a tiny one is offered in its own. */
export function widthsFor(width: number): number[] {
  const fitting = PICTURE_WIDTHS.filter(candidate => candidate <= width);
  return fitting.length > 0 ? fitting : [width];
}

/** One size in one format, by name. */
export interface RenditionName {
  width: number;
  format: PictureFormat;
}

/** The same with its bytes. */
export interface Rendition extends RenditionName {
  body: Buffer;
}

/** "480.avif", as addresses end. */
export const renditionName = ({ width, format }: RenditionName): string => `${width}.${format}`;

/** Everything an original of `width` pixels is offered in, cheapest first. */
export function renditionsFor(width: number): RenditionName[] {
  return widthsFor(width).flatMap(fitting => PICTURE_FORMATS.map(format => ({ width: fitting, format })));
}

/** Address of one rendition. The id is made from the picture's bytes, so what it shows never changes. */
export function picturePath(id: string, width: number, format: PictureFormat): string {
  return `/images/${id}/${renditionName({ width, format })}`;
}

/** Reads the last part of such an address ("480.avif"); null for whatever `picturePath` never makes. */
export function readRenditionName(file: string): RenditionName | null {
  const match = /^([1-9]\d{0,4})\.(avif|webp)$/.exec(file);
  return match && { width: Number(match[1]), format: match[2] as PictureFormat };
}

/** The smallest of `widths` (at least one) that is not narrower than `wanted`, or else the widest there is. */
export function nearestWidth(widths: readonly number[], wanted: number): number {
  const sorted = [...widths].sort((a, b) => a - b);
  return sorted.find(width => width >= wanted) ?? sorted.at(-1)!;
}

/** What a template prints for one picture (views/shared/_picture). */
export interface Picture {
  id: string;
  /** Size of the original in pixels; pages print it so that nothing jumps. */
  width: number;
  height: number;
}
