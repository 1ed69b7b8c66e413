import { foldCode } from './code.js';
import type { Amounts, Discount } from './discount.js';

/** What a discount shall be, as staff or the seed say it. Code and kind stay for ever. */
export type DiscountDraft = Omit<Discount, 'id' | 'disabledAt'>;

/** Which field of a draft contradicts itself or the others. */
export type DraftProblem =
  | 'name' // the English one is missing
  | 'code' // nothing is left of it, or it is too long
  | 'rate' // 0.01 % to 100 %
  | 'amounts' // none, or not whole and above zero
  | 'pieces' // buy and get: 1 to 99
  | 'minimums'
  | 'times' // it ends before it begins
  | 'limits'
  | 'exclusive'; // free delivery shares no goods

const whole = (value: number, least: number, most: number) =>
  Number.isSafeInteger(value) && value >= least && value <= most;
const amountsFit = (amounts: Amounts) =>
  Object.values(amounts).every(amount => whole(amount, 1, Number.MAX_SAFE_INTEGER));

/** The first thing that is wrong with a draft; null when nothing is. */
export function draftProblem(draft: DiscountDraft): DraftProblem | null {
  const { kind, code, limitTotal, limitPerCustomer } = draft;
  if (draft.name.en.trim() === '') return 'name';
  if (code !== null && foldCode(code) === null) return 'code';
  if ((kind === 'percent' || kind === 'buy_get') && !whole(draft.rateBp, 1, 10_000)) return 'rate';
  if (!amountsFit(draft.amounts) || (kind === 'amount' && Object.keys(draft.amounts).length === 0))
    return 'amounts';
  if (kind === 'buy_get' && !(whole(draft.buy, 1, 99) && whole(draft.get, 1, 99))) return 'pieces';
  if (!amountsFit(draft.minimums)) return 'minimums';
  if (draft.startsAt && draft.endsAt && draft.endsAt <= draft.startsAt) return 'times';
  if ([limitTotal, limitPerCustomer].some(limit => limit !== null && !whole(limit, 1, 2_000_000_000)))
    return 'limits';
  if (kind === 'free_delivery' && draft.exclusive) return 'exclusive';
  return null;
}
