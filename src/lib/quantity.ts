export const MAX_QUANTITY = 99;

/** Reads a quantity as typed: ASCII digits only, 0–99. Everything else (`-1`, `1.5`, `１`, `1e9`, arrays) is null. */
export function readQuantity(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\s*\d{1,2}\s*$/.test(value)) return null;
  return Number(value);
}
