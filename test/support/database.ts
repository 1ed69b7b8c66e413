import { randomBytes } from 'node:crypto';
import { connect, type Database } from '../../src/platform/db.js';
import { ensureSeededTemplate, onCluster, SEEDED_TEMPLATE, TEMPLATE, urlOf } from './templates.js';

export interface TestDatabase extends Database {
  url: string;
  /** Closes the pool and removes the database, whoever else is still connected. */
  drop(): Promise<void>;
}

/** The test server, as test/support/global-setup.ts left it in the environment. */
function clusterUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('no test server: run the tests with `npm test`');
  return url;
}

/**
 * A database of its own for one test file, migrated and empty, or with the demo's seed. Making one takes about a tenth
 * of a second: make it in `beforeAll`, not for every test.
 */
export async function testDatabase(options: { seeded?: boolean } = {}): Promise<TestDatabase> {
  const cluster = clusterUrl();
  if (options.seeded) await ensureSeededTemplate(cluster);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.seeded ? SEEDED_TEMPLATE : TEMPLATE;
  await onCluster(cluster, client => client.query(`create database ${name} template ${template}`));
  const url = urlOf(cluster, name);
  const database = connect(url, { name: 'tests', max: 8 });
  return {
    ...database,
    url,
    async drop() {
      await database.close();
      await onCluster(cluster, client => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
