/** What happened to a variant's stock. Receipt, restock and correction change what is on hand, reserve and release what is
 *  held, a sale both. */
export const MOVEMENT_KINDS = ['receipt', 'reserve', 'release', 'sale', 'restock', 'correction'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** Why a count is put right. `other` says the rest in words. */
export const CORRECTION_REASONS = ['count', 'damaged', 'lost', 'found', 'sample', 'other'] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];
export const isCorrectionReason = (value: unknown): value is CorrectionReason =>
  CORRECTION_REASONS.includes(value as CorrectionReason);

/** Most pieces that one form may bring in or count: above it, a slip of the finger is likelier than a delivery. */
export const MOST_PIECES = 100_000;

/** From how many available pieces on staff hear of a variant, unless they chose another number. */
export const DEFAULT_THRESHOLD = 3;

/** What a movement did to the pieces that can be bought. */
export interface Step {
  before: number;
  after: number;
}

/** The pieces that can be bought before and after a movement, from the counts it left behind. */
export function stepOf(movement: {
  onHandAfter: number;
  reservedAfter: number;
  delta: number;
  reservedDelta: number;
}): Step {
  const after = movement.onHandAfter - movement.reservedAfter;
  return { before: after - movement.delta + movement.reservedDelta, after };
}

/**
 * Whether this step is the fall to the threshold or below it. Rising above arms it again: a row's changes take turns under
 * its lock, so exactly one step of each fall says yes, however many buyers there are.
 */
export const fellLow = ({ before, after }: Step, threshold: number): boolean =>
  before > threshold && after <= threshold;

/** Whether there is something to buy again. */
export const cameBack = ({ before, after }: Step): boolean => before <= 0 && after > 0;

/** Lines by variant id ascending, the order in which stock rows are locked; a variant named twice is one line. */
export function inLockOrder(
  lines: readonly { variantId: number; quantity: number }[],
): { variantId: number; quantity: number }[] {
  const quantities = new Map<number, number>();
  for (const { variantId, quantity } of lines)
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  return [...quantities]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => a.variantId - b.variantId);
}
