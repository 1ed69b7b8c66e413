/** Stands in for a picture that is missing: the first letters of the first and last word of a name, or one Hangul syllable. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    word => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toLocaleUpperCase('en');
}

/** After re-encoding a portrait is small, whatever came; a photograph of a phone comes in below this. */
export const AVATAR_BYTES = 10 * 1024 * 1024;

/**
 * How long the law of the seller's country keeps records of erased buyers, in years (Korean E-Commerce Act, Enforcement Decree,
 * article 6): contracts, withdrawals and payments, counted from the payment or the delivery, whichever came later; complaints.
 * It binds the seller for all orders, wherever they went.
 */
export const CONTRACTS_KEPT_YEARS = 5;
export const COMPLAINTS_KEPT_YEARS = 3;
