import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import type { Express } from 'express';
import { createApp } from './app.js';
import { createGateways } from './payments/index.js';
import { readConfig } from './platform/config.js';
import { connect } from './platform/db.js';
import { log } from './platform/log.js';
import { drain, failStart, untilStopped } from './platform/process.js';
import { startJobs } from './worker.js';

/** Listens on `port` (0: any free one) with timeouts that outlast a platform's router. @throws EADDRINUSE */
export function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, (error?: Error) => (error ? reject(error) : resolve(server)));
    server.keepAliveTimeout = 65_000;
    server.headersTimeout = 66_000;
  });
}

/** `web:` of the Procfile. Migrating is the release step's work; the worker's is done here unless RUN_JOBS=no. */
export async function serve(): Promise<void> {
  const config = readConfig();
  const database = connect(config.databaseUrl, { name: 'web', max: config.databasePool });
  const gateways = createGateways(config);
  const now = () => new Date();
  const app = await createApp({ config, database, gateways, now });
  const worker = config.runJobs ? await startJobs({ config, database, gateways, now, alone: false }) : null;
  const server = await listen(app, config.port);
  log.info('web started', { port: config.port, jobs: config.runJobs });
  await untilStopped(async () => {
    await drain(server);
    await worker?.stop();
    await database.close();
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await serve().catch(failStart);
