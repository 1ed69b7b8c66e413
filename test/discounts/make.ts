import { createDiscount, type Candidate, type DiscountDraft } from '../../src/discounts/index.js';
import { inTransaction, type Db } from '../../src/platform/db.js';

/** A code that takes 10 % off everything, with whatever is to be different. */
export function candidate(over: Partial<Candidate> = {}): Candidate {
  return {
    id: 1,
    code: 'TEN',
    name: { en: 'Ten per cent' },
    kind: 'percent',
    rateBp: 1_000,
    amounts: {},
    buy: 0,
    get: 0,
    minimums: {},
    productIds: [],
    categoryIds: [],
    startsAt: null,
    endsAt: null,
    firstOrderOnly: false,
    limitPerCustomer: null,
    limitTotal: null,
    exclusive: false,
    position: 0,
    disabledAt: null,
    scope: [],
    used: 0,
    usedByCustomer: 0,
    ...over,
  };
}

/** A draft of that code, with whatever is to be different. */
export function draft(over: Partial<DiscountDraft> = {}): DiscountDraft {
  const { id: _id, disabledAt: _at, scope: _scope, used: _used, usedByCustomer: _by, ...rest } = candidate();
  return { ...rest, ...over };
}

/** Puts a discount into the database. */
export async function makeDiscount(db: Db, over: Partial<DiscountDraft> = {}): Promise<number> {
  const made = await inTransaction(db, tx => createDiscount(tx, { draft: draft(over), now: new Date() }));
  if (!made.ok) throw new Error(made.reason);
  return made.id;
}
