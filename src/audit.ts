import path from 'node:path';
import { audit, CHECKS } from './audit/index.js';
import { readConfig } from './platform/config.js';
import { connect } from './platform/db.js';
import { startEmbeddedDatabase } from './platform/embedded-database.js';
import { dataDir } from './platform/places.js';
import { failStart } from './platform/process.js';

/** `npm run audit`: a line for each violation of what must always hold; exit code 1 when there is any. */
async function main(): Promise<void> {
  const { databaseUrl } = readConfig({ ...process.env, NODE_ENV: 'audit' });
  const embedded = databaseUrl ? null : await startEmbeddedDatabase(path.join(dataDir, 'postgres'));
  const database = connect(embedded?.url ?? databaseUrl, { name: 'audit', max: 2 });
  const violations = await audit(database.db);
  for (const { rule, violation } of violations) process.stdout.write(`${rule}: ${violation}\n`);
  process.stdout.write(`${CHECKS.length} rules checked, ${violations.length} violations\n`);
  await database.close();
  if (embedded?.started) embedded.stop();
  process.exitCode = violations.length > 0 ? 1 : 0;
}

await main().catch(failStart);
