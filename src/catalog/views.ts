import { picturePath, widthsFor, type Picture } from '../media/index.js';

/** What `views/shared/_picture` prints: addresses for `srcset`, one for `src`, and the size that keeps its place. */
export interface PictureView {
  avif: string;
  webp: string;
  src: string;
  width: number;
  height: number;
}

/** `widest` is the largest width in pixels worth offering where the picture stands (its CSS width times two). */
export function pictureView(picture: Picture, widest = 720): PictureView {
  const all = widthsFor(picture.width);
  const widths = all.filter((width, index) => index === 0 || width <= widest);
  const list = (format: 'avif' | 'webp') =>
    widths.map(width => `${picturePath(picture.id, width, format)} ${width}w`).join(', ');
  const middle = widths[Math.floor(widths.length / 2)]!;
  return {
    avif: list('avif'),
    webp: list('webp'),
    src: picturePath(picture.id, middle, 'webp'),
    width: picture.width,
    height: picture.height,
  };
}
