import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import type { Database } from './db.js';
import { migrationsDir } from './places.js';

/** Compiled and source files carry the same migration names, so that either finds what the other has run. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () =>
    Promise.resolve(
      readdirSync(migrationsDir)
        .filter(file => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'))
        .sort(),
    ),
  getMigrationName: file => file.replace(/\.(js|ts)$/, ''),
  getMigration: file => import(pathToFileURL(path.join(migrationsDir, file)).href) as Promise<Knex.Migration>,
};

/** Any constant will do: it names "someone is migrating" among this database's advisory locks. */
const MIGRATION_LOCK = 815_200_441;

/**
 * Brings the schema and the job queue up to date. Two processes at once wait for each other; the lock of a run that
 * was killed is cleared, since holding the advisory lock proves that nobody else is migrating.
 */
export async function migrate({ db, pool }: Database): Promise<void> {
  const holder = await pool.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (await db.schema.hasTable('knex_migrations_lock'))
      await db('knex_migrations_lock').update({ is_locked: 0 });
    // Without the validation of names a database that a newer release has migrated stays usable for this one.
    await db.migrate.latest({ migrationSource, disableMigrationsListValidation: true });
    await runMigrations({ pgPool: pool });
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    holder.release();
  }
}

/** True when no migration of this release is missing. */
export async function isMigrated({ db }: Database): Promise<boolean> {
  const wanted = (await migrationSource.getMigrations([])).map(file =>
    migrationSource.getMigrationName(file),
  );
  const done = await db('knex_migrations').pluck<string[]>('name');
  return wanted.every(name => done.includes(name));
}
