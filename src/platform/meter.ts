import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from './db.js';

/** Counts the SQL statements of each request for its log line. */
const meter = new AsyncLocalStorage<{ statements: number }>();

export function metered<T>(work: (reading: { statements: number }) => T): T {
  const reading = { statements: 0 };
  return meter.run(reading, () => work(reading));
}

export function meterStatements(db: Db): void {
  db.on('query', () => {
    const reading = meter.getStore();
    if (reading) reading.statements += 1;
  });
}
