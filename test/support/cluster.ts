import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedDatabase } from '../../src/platform/embedded-database.js';

export interface Cluster {
  url: string;
  stop(): void;
}

const PREFIX = 'trainium-test-';

/** Nothing of a test run is worth surviving a crash, so nothing is written down carefully. */
const CARELESS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=4GB',
  'checkpoint_timeout=1h',
  'jit=off',
  // Names the database in each line of the server's log (test/faults/database-log.ts reads it); a shell takes the quotes off.
  "log_line_prefix='%m %d '",
];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Folders of runs that were killed. A Postgres whose folder has gone ends by itself within a minute. */
function sweep(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : NaN;
    if (Number.isInteger(pid) && !isAlive(pid))
      rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

/** A Postgres server of this process's own in a temporary folder, gone after `stop()`. */
export async function startTestCluster(): Promise<Cluster> {
  sweep();
  const dir = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(dir, 0o755); // as root the server runs as another user, who has to pass through
  const server = await startEmbeddedDatabase(path.join(dir, 'pg'), CARELESS);
  return {
    url: server.url,
    stop() {
      server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
