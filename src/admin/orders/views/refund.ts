import { money, toDecimal, type Money } from '../../../lib/money.js';
import type { Order, RefundPreview } from '../../../orders/index.js';
import type { TypedRefund } from '../forms/pieces.js';

export interface RefundView {
  number: string;
  path: string;
  lines: {
    field: string;
    restockField: string;
    sku: string;
    name: string;
    quantity: number;
    left: number;
    leftAmount: Money;
    value: string;
    restock: boolean;
    /** What this choice gives back of the line; null where nothing was chosen. */
    amount: Money | null;
  }[];
  shippingLeft: Money;
  leftAmount: Money;
  /** Where money was given by hand at the provider: how much of what is left counts as given, and what can still go back. */
  byHand: { before: Money; amount: Money } | null;
  delivery: string;
  cause: string;
  currency: string;
  /**
   * The sum to give back, once a choice stands; its hidden fields say the same to whoever does it. `before`: what of the
   * choice's worth had been given by hand.
   */
  confirm: {
    worth: Money;
    amount: Money;
    before: Money | null;
    fields: [name: string, value: string][];
  } | null;
  /** The address that chooses all that is left. */
  allHref: string | null;
}

export function refundView(facts: {
  order: Order;
  preview: RefundPreview;
  typed: TypedRefund;
  errors: readonly unknown[];
  token: string;
}): RefundView {
  const { order, preview, typed, errors, token } = facts;
  const amount = (units: number) => money(units, order.currency);
  const { chosen, chosenSplit, leftSplit } = preview;
  const path = `/admin/orders/${order.number}`;
  const all = new URLSearchParams();
  for (const line of preview.lines.filter(({ left }) => left > 0)) {
    all.set(`quantity_${line.orderLineId}`, String(line.left));
    all.set(`restock_${line.orderLineId}`, 'yes');
  }
  if (preview.shippingLeft > 0) all.set('delivery', toDecimal(amount(preview.shippingLeft)));
  return {
    number: order.number,
    path,
    lines: preview.lines.map(line => {
      const field = `quantity_${line.orderLineId}`;
      const restockField = `restock_${line.orderLineId}`;
      const part = chosen.ok ? chosen.parts.find(each => each.orderLineId === line.orderLineId) : undefined;
      return {
        field,
        restockField,
        sku: line.sku,
        name: [line.name, line.variantName].filter(Boolean).join(' · '),
        quantity: line.quantity,
        left: line.left,
        leftAmount: amount(line.leftAmount),
        value: typed.typed[field] || '0',
        restock: typed.typed[restockField] === 'yes',
        amount: part ? amount(part.amount) : null,
      };
    }),
    shippingLeft: amount(preview.shippingLeft),
    leftAmount: amount(preview.leftAmount),
    byHand:
      leftSplit.before > 0 ? { before: amount(leftSplit.before), amount: amount(leftSplit.amount) } : null,
    delivery: typed.typed.delivery ?? '',
    cause: typed.typed.cause ?? '',
    currency: order.currency,
    confirm:
      chosen.ok && chosenSplit && errors.length === 0
        ? {
            worth: amount(chosen.amount),
            amount: amount(chosenSplit.amount),
            before: chosenSplit.before > 0 ? amount(chosenSplit.before) : null,
            fields: [
              ...Object.entries(typed.typed).filter(([, value]) => value !== ''),
              ['token', token],
              ['expected', String(chosenSplit.amount)],
            ],
          }
        : null,
    allHref: all.size > 0 ? `${path}/refund?${all.toString()}` : null,
  };
}
