/** One JSON line an entry on stdout. Entries carry ids and codes, never names, addresses, e-mails or messages. */
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Level = 'info' | 'warn' | 'error';

let write: ((line: string) => void) | null = line => process.stdout.write(`${line}\n`);

function entry(level: Level, message: string, fields: Fields): void {
  write?.(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }));
}

export const log = {
  info: (message: string, fields: Fields = {}): void => entry('info', message, fields),
  warn: (message: string, fields: Fields = {}): void => entry('warn', message, fields),
  error: (message: string, fields: Fields = {}): void => entry('error', message, fields),
};

/** Sends log lines elsewhere (a test's array) or nowhere; wiring only. */
export function logTo(sink: ((line: string) => void) | null): void {
  write = sink;
}
