import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { rootDir } from '../../src/platform/places.js';
import { count, type Book } from './book.js';
import type { MovedClock } from './clock.js';

/** One web process of the store: the compiled `src/server.ts`, jobs included. */
export interface WebProcess {
  readonly name: string;
  readonly origin: string;
  isUp(): boolean;
  /** Resolves once it listens. @throws Error when it does not start, five times over. */
  start(): Promise<void>;
  /** SIGKILL: no goodbye to anybody. */
  kill(): Promise<void>;
  /** Tells it how far the clock has been moved. */
  tellTime(): void;
}

/** Said loudly because a person must act, though nothing in the store has failed: banks refuse refunds. */
const ALARMS = new Set(['refund failed']);

const buildDir = path.join(rootDir, '.build');
const STARTS = 5;
const START_WITHIN_MS = 60_000;

/**
 * Compiles the whole tree, tests included, into the folder the processes run from. Type errors are another command's
 * business: code is written all the same.
 */
export function build(): void {
  const tsc = path.join(rootDir, 'node_modules/.bin/tsc');
  const options = ['-p', 'test/tsconfig.json', '--noEmit', 'false', '--outDir', '.build'];
  const { stdout } = spawnSync(tsc, options, { cwd: rootDir, encoding: 'utf8' });
  if (!existsSync(path.join(buildDir, 'src/server.js'))) throw new Error(`nothing was built: ${stdout}`);
}

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function createWebProcess(facts: {
  name: string;
  port: number;
  environment: Readonly<Record<string, string>>;
  clock: MovedClock;
  book: Book;
}): WebProcess {
  const { name, port, environment, clock, book } = facts;
  let child: ChildProcess | null = null;
  let up = false;

  async function tryStart(): Promise<string | null> {
    const preload = pathToFileURL(path.join(buildDir, 'test/faults/child-clock.js')).href;
    const main = path.join(buildDir, 'src/server.js');
    const started = spawn(process.execPath, ['--enable-source-maps', '--import', preload, main], {
      cwd: rootDir,
      env: {
        ...environment,
        PATH: process.env.PATH,
        PORT: String(port),
        FAULTS_AHEAD_MS: String(clock.ahead()),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    let complaint = '';
    started.stderr!.on(
      'data',
      (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-2_000)),
    );
    const listens = new Promise<boolean>(resolve => {
      const reader = createReader(name, book, () => resolve(true));
      createInterface({ input: started.stdout! }).on('line', reader);
      started.once('exit', () => resolve(false));
    });
    const isListening = await Promise.race([listens, pause(START_WITHIN_MS, false, { ref: false })]);
    if (!isListening) {
      started.kill('SIGKILL');
      return complaint || 'silence';
    }
    up = true;
    started.once('exit', (code, signal) => {
      if (child === started && up) {
        up = false;
        book.violated('processes go on', `${name} ended by itself (${code ?? signal}): ${complaint.trim()}`);
      }
    });
    return null;
  }

  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    isUp: () => up,
    async start() {
      let complaint: string | null = null;
      // A start may meet a cut connection; whoever runs the store starts it again, and so do we.
      for (let round = 1; round <= STARTS; round += 1) {
        complaint = await tryStart();
        if (complaint === null) return clock.ahead() > 0 ? this.tellTime() : undefined;
      }
      throw new Error(`${name} does not start: ${complaint}`);
    },
    async kill() {
      const dying = child;
      up = false;
      child = null;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      dying.kill('SIGKILL');
      await once(dying, 'exit');
    },
    tellTime() {
      if (child?.connected) child.send({ ahead: clock.ahead() }, () => undefined);
    },
  };
}

/** Reads the log of a process: what it says about requests and jobs that failed goes into the book. */
function createReader(name: string, book: Book, listens: () => void): (line: string) => void {
  const reasons = new Map<string, string>();
  return line => {
    if (!line.startsWith('{')) return;
    const entry = JSON.parse(line) as Record<string, string | number | undefined>;
    const now = Date.now();
    const text = (key: string) => String(entry[key] ?? '');
    if (entry.message === 'web started') listens();
    if (entry.message === 'job failed') {
      // What the code itself got wrong is told apart from what trouble around it did.
      const place = text('error') === 'Error' ? '' : ` at ${text('at')}`;
      count(book.jobFailures, `${text('task')} ${text('error')}${place}`);
    }
    if (entry.message === 'request failed') {
      reasons.set(text('request'), `${text('error')} ${whereabouts(text('stack'))}`);
    } else if (entry.level === 'error' && !ALARMS.has(text('message'))) {
      book.failed({ process: name, from: now - LATE_LOG_MS, to: now, what: restOf(entry) });
    }
    // 503 is how a webhook says "again, please".
    if (entry.message === 'request' && Number(entry.status) >= 500 && entry.status !== 503) {
      const what = `${text('method')} ${text('route')} ${text('status')}: ${reasons.get(text('request')) ?? ''}`;
      book.failed({ process: name, from: now - Number(entry.ms) - LATE_LOG_MS, to: now, what });
    }
  };
}

/** A line of the log without its moment: the same trouble twice is the same line. */
const restOf = ({ at: _at, level: _level, ...rest }: Record<string, unknown>): string =>
  Object.entries(rest)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
    .slice(0, 240);

/** The first frame of the store itself, else the first of all, without the folders it happens to live in. */
function whereabouts(stack: string): string {
  const frames = stack.split(/ at /).slice(1);
  const frame =
    frames.find(line => !line.includes('node_modules') && line.includes('/src/')) ?? frames[0] ?? '';
  return frame
    .replace(/\/\S*?\/(?=node_modules\/)/, '')
    .replace(/\/\S*\/(?=src\/)/, '')
    .trim();
}

/** How late a line may be read on a busy machine. */
const LATE_LOG_MS = 1_000;
