import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/lib/locale.js';
import { ORDER_MOVES } from '../../src/orders/rules.js';
import { PAYMENT_MOVES, REFUND_MOVES } from '../../src/payments/rules.js';
import { KINDS } from '../../src/reconciliation/index.js';
import { sentencesOf } from '../support/sentences.js';

/** Keys that are put together from a state: only the tables of states know all of them. */
const WORDS: readonly [branch: string, states: readonly string[]][] = [
  ['admin.state', Object.keys(ORDER_MOVES)],
  ['admin.payment', Object.keys(PAYMENT_MOVES)],
  ['admin.refund.state', Object.keys(REFUND_MOVES)],
  ['admin.reconciliation.kind', KINDS],
];

describe.each(LOCALES)('at the desk in %s', locale => {
  it.each(WORDS)('each state of %s has its word', (branch, states) => {
    const sentences = sentencesOf(locale);
    expect(states.filter(state => !sentences.has(`${branch}.${state}`))).toEqual([]);
  });
});
