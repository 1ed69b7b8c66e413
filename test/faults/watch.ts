import { setTimeout as pause } from 'node:timers/promises';
import { audit } from '../../src/audit/index.js';
import { rows, type Db } from '../../src/platform/db.js';
import type { World } from './world.js';

/**
 * What a run can break and mend again before it ends: uses of a discount that orders claimed beyond its limit are given
 * back when those orders die unpaid, so whoever looks only at the end sees nothing.
 */
const MOMENTS: readonly { rule: string; sql: string }[] = [
  {
    rule: 'discounts keep their limits at every moment',
    sql: `select format('%s: %s of %s', coalesce(d.code, d.id::text), count(*), d.limit_total) as violation
            from discounts d join discount_claims c on c.discount_id = d.id and c.state <> 'released'
           group by d.id having count(*) > d.limit_total
          union all
          select format('%s: %s times by %s', coalesce(d.code, d.id::text), count(*), c.customer)
            from discounts d join discount_claims c on c.discount_id = d.id and c.state <> 'released'
           group by d.id, c.customer having count(*) > d.limit_per_customer`,
  },
];

/** Rules of the audit that a job makes true a moment later: kept for the end. */
const BY_A_JOB: readonly string[] = [
  'refunds: an order whose money went back is refunded or canceled, and a canceled one keeps nothing',
];

/** How often the short list is looked at, and every how many looks the whole audit. */
const PAUSE_MS = 200;
const AUDIT_EVERY = 8;

/**
 * Looks, while everything goes on, at what must hold in every state that was ever committed: one snapshot a look, so that
 * no two numbers are of different moments. Whatever was wrong for longer than a fraction of a second is seen.
 */
export async function watch(world: World): Promise<void> {
  const seen = new Set<string>();
  for (let round = 1; !world.isOver(); round += 1) {
    for (const { rule, violation } of await look(world.db, round % AUDIT_EVERY === 0)) {
      if (seen.has(`${rule} ${violation}`)) continue;
      seen.add(`${rule} ${violation}`);
      world.book.violated(`meanwhile: ${rule}`, violation);
    }
    await pause(PAUSE_MS);
  }
}

async function look(db: Db, wholly: boolean): Promise<{ rule: string; violation: string }[]> {
  return await db.transaction(
    async tx => {
      const found = [];
      for (const { rule, sql } of MOMENTS)
        for (const { violation } of await rows<{ violation: string }>(tx, sql))
          found.push({ rule, violation });
      if (wholly) found.push(...(await audit(tx)).filter(({ rule }) => !BY_A_JOB.includes(rule)));
      return found;
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}
