/** What a receipt says of one tax rate. Amounts in the order's smallest unit. */
export interface TaxRow {
  /** Basis points; null for delivery, whose tax is told apart. */
  rate: number | null;
  /** Without tax. */
  net: number;
  tax: number;
  /** What was paid: net + tax. */
  gross: number;
}

interface TaxedLine {
  total: number;
  taxRate: number;
  taxAmount: number;
  taxAdded: boolean;
}

/**
 * What was paid by tax rate, lowest first, then delivery where it cost something. The rows add up to the order's total.
 * Tax on top of a line is added to what it cost; contained tax is a part of it. Delivery is taxed as the lines are.
 */
export function taxRows(
  order: { shippingTotal: number; shippingTax: number },
  lines: readonly TaxedLine[],
): TaxRow[] {
  const byRate = new Map<number, TaxRow>();
  for (const { total, taxRate, taxAmount, taxAdded } of lines) {
    const row = byRate.get(taxRate) ?? { rate: taxRate, net: 0, tax: 0, gross: 0 };
    row.net += taxAdded ? total : total - taxAmount;
    row.tax += taxAmount;
    row.gross += taxAdded ? total + taxAmount : total;
    byRate.set(taxRate, row);
  }
  const rows = [...byRate.values()].sort((a, b) => (a.rate ?? 0) - (b.rate ?? 0));
  const { shippingTotal, shippingTax } = order;
  if (shippingTotal === 0) return rows;
  const added = lines.some(line => line.taxAdded);
  const net = added ? shippingTotal : shippingTotal - shippingTax;
  return [...rows, { rate: null, net, tax: shippingTax, gross: net + shippingTax }];
}
