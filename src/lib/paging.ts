export interface Page {
  readonly number: number;
  readonly size: number;
  readonly total: number;
  readonly count: number;
}

/** Page `wanted` of `total` rows. Anything that is not an existing page is the first one. */
export function paginate(total: number, size: number, wanted: unknown): Page {
  const count = Math.max(1, Math.ceil(total / size));
  const number = typeof wanted === 'string' && /^[1-9]\d{0,5}$/.test(wanted) ? Number(wanted) : 1;
  return { number: number <= count ? number : 1, size, total, count };
}

export const offsetOf = (page: Page): number => (page.number - 1) * page.size;
