import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';

/** A simulator's own little server. Port 0 takes any free one. */
export async function listen(
  app: RequestListener,
  port: number,
): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        // Calls that were told to hang would keep it open for ever.
        server.closeAllConnections();
      }),
  };
}

/** One call the API received, as tests look at it. */
export interface ReceivedCall {
  method: string;
  path: string;
  idempotencyKey: string | null;
  body: string;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Sends a JSON answer; `cut` breaks the connection after half of it, with headers that promised the whole. */
export function sendAnswer(res: Response, { status, body, headers = {} }: Answer, cut = false): void {
  const text = Buffer.from(JSON.stringify(body));
  res.status(status).set({ 'content-type': 'application/json; charset=utf-8', ...headers });
  res.set('content-length', String(text.length));
  if (!cut) {
    res.end(text);
    return;
  }
  // Only once the half is really on its way, so that the client has seen a 200 begin.
  res.write(text.subarray(0, Math.floor(text.length / 2)), () => res.socket?.destroy());
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id of the look the providers give theirs. */
export function randomId(prefix: string, length = 24): string {
  let text = '';
  for (const byte of randomBytes(length)) text += ALPHABET[byte % ALPHABET.length];
  return prefix + text;
}
