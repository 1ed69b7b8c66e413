import { encode } from 'uqr';

/** A picture of a text for a camera, to be drawn as one path in a square of `size` units. */
export interface QrView {
  size: number;
  path: string;
}

/** Light modules around the dark ones, so that cameras find the edge. */
const BORDER = 4;

export function qrView(text: string): QrView {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const runs = data.flatMap((modules, y) => {
    const found: string[] = [];
    for (let x = 0; x < modules.length; x += 1) {
      if (!modules[x]) continue;
      let end = x + 1;
      while (modules[end]) end += 1;
      found.push(`M${x} ${y}h${end - x}v1h-${end - x}z`);
      x = end;
    }
    return found;
  });
  return { size, path: runs.join('') };
}

/** A secret as people copy it: in groups of four. */
export const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
