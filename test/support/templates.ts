import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connect } from '../../src/platform/db.js';
import { migrate } from '../../src/platform/migrate.js';

/** Databases that tests copy. Postgres copies only what nobody is connected to, so nothing ever stays in them. */
export const TEMPLATE = 'template_trainium';
export const SEEDED_TEMPLATE = 'template_trainium_seeded';

/** Any constant will do: it names "someone is making the seeded template" on this server. */
const SEED_LOCK = 815_200_442;

/** The same server, another database. */
export function urlOf(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs `work` on one connection to the server's own database, where databases are made and dropped. */
export async function onCluster<T>(clusterUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: clusterUrl, application_name: 'tests' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the empty, migrated template anew. */
export async function createTemplate(clusterUrl: string): Promise<void> {
  await onCluster(clusterUrl, async client => {
    for (const name of [TEMPLATE, SEEDED_TEMPLATE])
      await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${TEMPLATE} template template0`);
  });
  const database = connect(urlOf(clusterUrl, TEMPLATE), { name: 'tests', max: 4 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

/**
 * Makes the template with the demo's seed unless it is there. The first test that asks pays for it; others wait at
 * the lock. It gets its name last, so that a seed that failed leaves no half-filled template behind.
 */
export async function ensureSeededTemplate(clusterUrl: string): Promise<void> {
  await onCluster(clusterUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [SEED_LOCK]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [SEEDED_TEMPLATE]);
    if (rowCount) return;
    const draft = `seeding_${randomBytes(6).toString('hex')}`;
    await client.query(`create database ${draft} template ${TEMPLATE}`);
    const database = connect(urlOf(clusterUrl, draft), { name: 'tests', max: 4 });
    try {
      const { seedDemo } = await import('../../seeds/index.js');
      await seedDemo(database.db);
    } finally {
      await database.close();
    }
    await client.query(`alter database ${draft} rename to ${SEEDED_TEMPLATE}`);
  });
}
