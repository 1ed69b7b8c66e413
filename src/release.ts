import { readConfig } from './platform/config.js';
import { connect } from './platform/db.js';
import { migrate } from './platform/migrate.js';
import { failStart } from './platform/process.js';

/** `release:` of the Procfile: brings the database up to date before the new release serves. */
async function main(): Promise<void> {
  const database = connect(readConfig().databaseUrl, { name: 'release', max: 3 });
  await migrate(database);
  await database.close();
}

await main().catch(failStart);
