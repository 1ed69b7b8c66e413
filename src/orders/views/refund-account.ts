import { money, type Money } from '../../lib/money.js';
import type { Bank, RefundRow } from '../../payments/index.js';
import type { Order } from '../queries.js';
import { orderLinks } from '../views.js';

/** The form that asks where a deposit goes back to. */
export interface AccountFormView {
  amount: Money;
  /** The bank did not know the account that was given before. */
  again: boolean;
  action: string;
  orderPath: string;
  number: string;
  banks: Bank[];
  typed: Record<string, string>;
  errors: { field: string; text: string }[];
  errorOf: Record<string, string>;
}

export function accountFormView(facts: {
  order: Order;
  refunds: readonly RefundRow[];
  banks: Bank[];
  typed: Record<string, string>;
  errors: { field: string; text: string }[];
}): AccountFormView {
  const { order, refunds, banks, typed, errors } = facts;
  const links = orderLinks(order);
  const sum = refunds.reduce((so, { amount }) => so + amount, 0);
  return {
    amount: money(sum, order.currency),
    again: refunds.some(({ failureCode }) => failureCode !== null),
    action: links.refundAccount,
    orderPath: links.page,
    number: order.number,
    banks,
    typed,
    errors,
    errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
  };
}
