import type { Server } from 'node:http';
import { ConfigError } from './config.js';
import { log } from './log.js';

/** What is under way gets this long; platforms send SIGKILL after 30 seconds. */
const STOP_WITHIN_MS = 25_000;

/** Waits for SIGTERM or SIGINT, then runs `stop` and leaves with 0; with 1 when stopping takes too long. */
export async function untilStopped(stop: () => Promise<void>): Promise<never> {
  await new Promise<void>(resolve => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  setTimeout(() => {
    log.error('stopping took too long');
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  await stop();
  process.exit(0);
}

/** Takes no new connections and waits for the requests under way. Kept-alive sockets are closed as they fall idle. */
export async function drain(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise<void>(resolve => server.close(() => resolve()));
  clearInterval(idle);
}

/** Says what a person can do about a start that failed, without a stack for what is not a bug. */
export function failStart(error: unknown): never {
  const known = error instanceof ConfigError || (error as { code?: unknown }).code === 'EADDRINUSE';
  process.stderr.write(`${known ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
}
