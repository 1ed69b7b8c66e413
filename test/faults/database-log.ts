import { row, type Db } from '../../src/platform/db.js';

/**
 * What the store must never make Postgres say. A constraint that refuses a row is the last line of defence: some guard
 * before it let that row through. A deadlock is undone and repeated by itself, and means that somebody takes locks in
 * another order than the rest.
 */
const NEVER = /violates .*constraint|deadlock detected/;

/** The log of the embedded server, as `startEmbeddedDatabase` names it in its data folder. */
const FILE = 'server.log';

export interface DatabaseLog {
  /** Each complaint since the log was opened, whoever in the store swallowed it; null where the log cannot be read. */
  complaints(): Promise<string[] | null>;
}

/** Notes where the log stands now. Only the embedded server's can be read, with the prefix that the test cluster sets. */
export async function openDatabaseLog(db: Db): Promise<DatabaseLog> {
  const begin = await row<{ name: string; size: number | null }>(
    db,
    `select current_database() as name, (pg_stat_file(:file, true)).size as size`,
    { file: FILE },
  ).catch(() => null);
  return {
    async complaints() {
      if (begin === null || begin.size === null) return null;
      const read = await row<{ text: string }>(
        db,
        `select pg_read_file(:file, cast(:from as bigint), 1 << 28, true) as text`,
        {
          file: FILE,
          from: begin.size,
        },
      );
      const said = (read?.text ?? '').split(` ${begin.name} ERROR:  `).slice(1);
      return said.filter(entry => NEVER.test(firstLine(entry))).map(withStatements);
    },
  };
}

const firstLine = (entry: string): string => entry.split('\n')[0] ?? '';

/** A deadlock alone says nothing: who waited for whom follows it, a statement a line, without the values. */
function withStatements(entry: string): string {
  const statements = entry.matchAll(/\n\tProcess \d+: ([^\n]*(?:\n\t(?!Process \d)[^\n]*)?)/g);
  const waited = [...statements].map(([, sql]) => sql!.replace(/\s+/g, ' ').slice(0, 120));
  return [firstLine(entry), ...waited].join(' | ');
}
