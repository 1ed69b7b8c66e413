import type { Candidate } from '../../src/discounts/index.js';

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
