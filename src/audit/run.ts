import { rows, type Db } from '../platform/db.js';
import { CHECKS } from './checks/index.js';

export interface Violation {
  rule: string;
  violation: string;
}

/** Runs every check on a database and lists all that is wrong; an empty list means that all of it holds. */
export async function audit(db: Db): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const { rule, sql } of CHECKS) {
    for (const { violation } of await rows<{ violation: string }>(db, sql)) found.push({ rule, violation });
  }
  return found;
}
