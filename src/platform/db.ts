import knex, { type Knex } from 'knex';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../lib/refusal.js';
import { log } from './log.js';

/** For reading: the pool, or a transaction already under way. */
export type Db = Knex;
/** For what must happen as one: only `inTransaction` hands it out. */
export type Tx = Knex.Transaction;

export interface Database {
  db: Db;
  pool: pg.Pool;
  close(): Promise<void>;
}

const INT8 = 20;
const DATE = 1082;

/** bigint arrives as a number (our amounts are safe integers, checked here), `date` as `YYYY-MM-DD`. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) {
      return (text: string) => {
        const value = Number(text);
        if (!Number.isSafeInteger(value)) throw new RangeError('a bigint left the safe range');
        return value;
      };
    }
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

/** One pool for knex, sessions, rate limits and jobs. `max` counts towards the server's connection limit. */
export function connect(url: string, options: { name: string; max: number }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: options.max,
    application_name: options.name,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Both handlers, or a connection the server ends while idle takes the process with it.
  pool.on('error', error => log.warn('database connection lost', { code: codeOf(error) }));
  pool.on('connect', client =>
    client.on('error', error => log.warn('database connection lost', { code: codeOf(error) })),
  );
  const db = knex({ client: 'pg', connectionPool: pool });
  return {
    db,
    pool,
    async close() {
      await db.destroy();
      await pool.end();
    },
  };
}

/** The SQLSTATE or system code of an error, for decisions and logs; messages can contain data. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Name of the violated constraint, when that is what happened. */
export function violatedConstraint(error: unknown): string | undefined {
  const constraint = (error as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === 'string' ? constraint : undefined;
}

const RETRIED = new Set(['40001', '40P01']); // serialization failure, deadlock
const TRIES = 6;

/**
 * Runs `work` in one READ COMMITTED transaction. Deadlocks and serialization failures are repeated, so `work` does
 * nothing outside the database. A `refuse(result)` inside rolls everything back and returns `result`.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work, { isolationLevel: 'read committed' });
    } catch (error) {
      if (error instanceof Refusal) return error.result as T;
      if (!RETRIED.has(codeOf(error) ?? '') || attempt >= TRIES) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

/** A part of a transaction that can be taken back alone: `refuse` inside undoes only what `work` did. */
export async function inSavepoint<T>(tx: Tx, work: (savepoint: Tx) => Promise<T>): Promise<T> {
  try {
    return await tx.transaction(work);
  } catch (error) {
    if (error instanceof Refusal) return error.result as T;
    throw error;
  }
}

/** Rolls back the transaction or savepoint under way and makes it return `result`. */
export function refuse<R>(result: R): never {
  throw new Refusal(result);
}

/** Rows of a raw statement. */
export async function rows<Row>(db: Db, sql: string, bindings: Record<string, unknown> = {}): Promise<Row[]> {
  const result = (await db.raw(sql, bindings as Knex.RawBinding)) as { rows: Row[] };
  return result.rows;
}

/** The one row of a raw statement, or null. */
export async function row<Row>(
  db: Db,
  sql: string,
  bindings: Record<string, unknown> = {},
): Promise<Row | null> {
  return (await rows<Row>(db, sql, bindings))[0] ?? null;
}

/** How many rows a raw statement changed. */
export async function change(tx: Tx, sql: string, bindings: Record<string, unknown> = {}): Promise<number> {
  const result = (await tx.raw(sql, bindings as Knex.RawBinding)) as { rowCount: number | null };
  return result.rowCount ?? 0;
}
