import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  body: Buffer;
  headers: IncomingHttpHeaders;
}

/** A shop's webhook address that keeps what it gets and answers as told. */
export async function openWebhookDesk() {
  const received: Received[] = [];
  let answer = (_count: number): number | Promise<number> => 200;
  const server = createServer((req, res) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of req) parts.push(part as Buffer);
      received.push({ body: Buffer.concat(parts), headers: req.headers });
      // The address only matters to whoever would follow a redirect.
      res.writeHead(await answer(received.length), { location: '/elsewhere' }).end();
    })();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    /** What each delivery said, as JSON. */
    bodies: () => received.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>),
    answerWith(next: (count: number) => number | Promise<number>) {
      answer = next;
    },
    /** Keeps the next answers back: `reached` resolves when a delivery waits, `open` lets them all go. */
    keepWaiting() {
      let open = () => {};
      const opened = new Promise<number>(resolve => {
        open = () => resolve(200);
      });
      const reached = new Promise<void>(resolve => {
        answer = () => {
          resolve();
          return opened;
        };
      });
      return { reached, open: () => open() };
    },
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type WebhookDesk = Awaited<ReturnType<typeof openWebhookDesk>>;
