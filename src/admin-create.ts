import path from 'node:path';
import { foldEmail, hashPassword, newPassword, saveStaff } from './accounts/index.js';
import { readConfig } from './platform/config.js';
import { connect, inTransaction } from './platform/db.js';
import { startEmbeddedDatabase } from './platform/embedded-database.js';
import { migrate } from './platform/migrate.js';
import { dataDir } from './platform/places.js';
import { failStart } from './platform/process.js';

/**
 * `npm run admin:create -- EMAIL`: makes an administrator and prints their first password, once. For an address that has
 * an account already: a new password, and signed out everywhere.
 */
async function main(): Promise<void> {
  const email = foldEmail(process.argv[2] ?? '');
  if (!/^[^\s@]{1,64}@[^\s@]{3,190}$/.test(email)) {
    process.stderr.write('Name an e-mail address: npm run admin:create -- name@example.com\n');
    process.exitCode = 2;
    return;
  }
  const { databaseUrl, bcryptCost } = readConfig({ ...process.env, NODE_ENV: 'admin-create' });
  const embedded = databaseUrl ? null : await startEmbeddedDatabase(path.join(dataDir, 'postgres'));
  const database = connect(embedded?.url ?? databaseUrl, { name: 'admin-create', max: 2 });
  await migrate(database);
  const password = newPassword();
  const passwordHash = await hashPassword(password, bcryptCost);
  const name = email.slice(0, email.indexOf('@'));
  const { isNew } = await inTransaction(database.db, tx =>
    saveStaff(tx, { email, name, role: 'admin', passwordHash, now: new Date() }),
  );
  await database.close();
  if (embedded?.started) embedded.stop();
  process.stdout.write(
    `${isNew ? 'Administrator made' : 'New password for an account that was there'}: ${email}\nPassword: ${password}\nIt is shown this once. Sign in at /admin and change it there.\n`,
  );
}

await main().catch(failStart);
