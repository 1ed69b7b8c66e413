import sharp from 'sharp';

/** A picture of its own for every `seed`: a gradient, so that encoders have something to do. */
export async function makePicture({
  width = 400,
  height = 300,
  format = 'jpeg',
  seed = 0,
  orientation,
}: {
  width?: number;
  height?: number;
  format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';
  seed?: number;
  orientation?: number;
} = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7 + seed * 31) % 251;
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  if (orientation === undefined) return await picture.toFormat(format).toBuffer();
  return await picture
    .withExif({
      IFD0: { Copyright: 'somebody' },
      IFD3: { GPSLatitude: '37/1 33/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation })
    .toFormat(format)
    .toBuffer();
}
