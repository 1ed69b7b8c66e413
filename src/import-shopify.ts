import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importShopify, outcomeLines, summaryLines } from './catalog/index.js';
import { CURRENCIES, isCurrency } from './lib/money.js';
import { readConfig } from './platform/config.js';
import { connect } from './platform/db.js';
import { startEmbeddedDatabase } from './platform/embedded-database.js';
import { migrate } from './platform/migrate.js';
import { dataDir } from './platform/places.js';

/** `npm run import:shopify -- FILE.csv [--currency USD] [--images DIR] [--dry-run]` */
const USAGE = `Usage: npm run import:shopify -- FILE.csv [--currency ${CURRENCIES.join('|')}] [--images DIR] [--dry-run]`;

/** 0: all rows were good. 1: some were not, the file could not be read, or the command was not understood. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      currency: { type: 'string', default: 'USD' },
      images: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const [fileName, ...more] = positionals;
  const { currency, images, 'dry-run': dryRun } = values;
  if (!fileName || more.length > 0 || !isCurrency(currency)) throw new Error(USAGE);
  const file = readFileSync(fileName);

  const { databaseUrl } = readConfig();
  const embedded = databaseUrl ? null : await startEmbeddedDatabase(path.join(dataDir, 'postgres'));
  const database = connect(embedded?.url ?? databaseUrl, { name: 'import', max: 2 });
  try {
    await migrate(database);
    const request = {
      file,
      fileName: path.basename(fileName),
      currency,
      dryRun,
      imagesDir: images ?? null,
      now: new Date(),
    };
    const print = (line: string) => console.log(line);
    const result = await importShopify(database.db, request, outcome => outcomeLines(outcome).forEach(print));
    summaryLines(request, result).forEach(print);
    return result.ok && result.bad === 0 ? 0 : 1;
  } finally {
    await database.close();
    if (embedded?.started) embedded.stop();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
