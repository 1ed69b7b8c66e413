import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { readLetter, type SimulatedLetter } from './letters.js';

/**
 * The SMTP side: takes every letter from anybody, without sign-in or encryption. `refused` is asked for each; a yes
 * makes it answer 451, which tells the sender to try again later.
 */
export async function openPostOffice(
  port: number,
  { refused, take }: { refused: () => boolean; take: (letter: SimulatedLetter) => void },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(recipient => recipient.address);
      callbackify(receive)(stream, to, done);
    },
  });
  async function receive(stream: SMTPServerDataStream, to: string[]): Promise<void> {
    // Read to the end even when refused: the sender only listens once it has said everything.
    const raw = Buffer.concat((await stream.toArray()) as Buffer[]);
    if (refused()) throw Object.assign(new Error('Try again later'), { responseCode: 451 });
    take(await readLetter(raw, to));
  }
  // A sender that hangs up in the middle is no reason to stop.
  server.on('error', () => undefined);
  const listening = server.listen(port, '127.0.0.1');
  await Promise.race([
    once(listening, 'listening'),
    once(server, 'error').then(([error]) => Promise.reject(error as Error)),
  ]);
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}
