import { add, multiply, share, sum, zero, type Currency, type Money } from '../../lib/money.js';
import type { QuoteLine } from './line.js';

export interface SetSaving {
  id: number;
  name: string;
  saving: Money;
}

/** Step 2: what each set saves is shared over its lines in proportion to what they cost; never more than they cost. */
export function setSavings(
  currency: Currency,
  lines: readonly QuoteLine[],
): { shares: Money[]; sets: SetSaving[] } {
  const shares = lines.map(() => zero(currency));
  const sets: SetSaving[] = [];
  for (const id of new Set(lines.flatMap(({ bundle }) => (bundle ? [bundle.id] : [])))) {
    const parts = lines.flatMap((line, at) => (line.bundle?.id === id ? [{ line, at }] : []));
    const costs = parts.map(({ line }) => multiply(line.unit, line.quantity));
    const { name, saving: wanted } = parts[0]!.line.bundle!;
    const most = sum(costs, currency);
    const saving = wanted.amount > most.amount ? most : wanted;
    share(saving, costs).forEach((part, index) => {
      const { at } = parts[index]!;
      shares[at] = add(shares[at]!, part);
    });
    sets.push({ id, name, saving });
  }
  return { shares, sets };
}
