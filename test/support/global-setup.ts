import { startTestCluster } from './cluster.js';
import { createTemplate } from './templates.js';

/**
 * Before all tests: a Postgres server (an embedded one, or the one at TEST_DATABASE_URL, which must be allowed to make
 * databases) with a migrated template that every test file copies. Returns what is done after all tests.
 */
export default async function setup(): Promise<() => void> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await createTemplate(given);
    return () => undefined;
  }
  const cluster = await startTestCluster();
  process.env.TEST_DATABASE_URL = cluster.url;
  await createTemplate(cluster.url).catch((error: unknown) => {
    cluster.stop();
    throw error;
  });
  return () => {
    delete process.env.TEST_DATABASE_URL;
    cluster.stop();
  };
}
