import type { Destination } from '../../lib/destination.js';

/** A country, a region of it, or a range of its postcodes (both ends included, equally long, digits). */
export interface Area {
  country: string;
  region?: string | null;
  postal?: { from: string; to: string } | null;
}

/** How exactly an area names a place: a narrow range of postcodes more than a wide one, that more than a region. */
function exactness({ region, postal }: Area): number {
  if (postal) return 1e12 - (Number(postal.to) - Number(postal.from));
  return region ? 1 : 0;
}

function covers(area: Area, { country, region, postalCode }: Destination): boolean {
  if (area.country !== country) return false;
  if (area.postal) {
    const { from, to } = area.postal;
    return (
      /^\d+$/.test(postalCode) && postalCode.length === from.length && from <= postalCode && postalCode <= to
    );
  }
  return !area.region || area.region === region;
}

/** The most specific of the areas that cover a destination; null where the store does not deliver. */
export function areaOf<A extends Area>(areas: readonly A[], destination: Destination): A | null {
  const covering = areas.filter(area => covers(area, destination));
  return covering.toSorted((a, b) => exactness(b) - exactness(a))[0] ?? null;
}
