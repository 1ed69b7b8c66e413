import express from 'express';
import { listen } from '../desk.js';
import { styleRoutes } from '../page.js';
import { openStateFile } from '../state-file.js';
import type { SimulatedLetter } from './letters.js';
import { mailPages } from './pages.js';
import { openPostOffice } from './post-office.js';

export interface MailSimulatorOptions {
  /** 0 takes any free port. */
  smtpPort: number;
  httpPort: number;
  /** Keeps the letters over restarts. */
  statePath?: string;
}

export interface MailSimulator {
  /** Of the mailbox's pages and of `/api/letters`. */
  readonly origin: string;
  /** What the store's `SMTP_URL` is set to. */
  readonly smtpUrl: string;
  /** All letters, newest first. */
  letters(): SimulatedLetter[];
  /** The first letter, already there or still to come, that `matches`. Rejects after `timeoutMs`. */
  letter(matches: (letter: SimulatedLetter) => boolean, timeoutMs?: number): Promise<SimulatedLetter>;
  clear(): void;
  /** Answers the next `count` deliveries with 451, "try again later". */
  refuse(count: number): void;
  close(): Promise<void>;
}

const KEPT_LETTERS = 500;

/** Starts a mail server that keeps every letter instead of delivering it, with a page to read them. */
export async function startMailSimulator(options: MailSimulatorOptions): Promise<MailSimulator> {
  const file = openStateFile<{ letters: SimulatedLetter[] }>(options.statePath, { letters: [] });
  const { state } = file;
  const waiting = new Set<(letter: SimulatedLetter) => void>();
  let toRefuse = 0;

  const office = await openPostOffice(options.smtpPort, {
    refused: () => toRefuse > 0 && toRefuse-- > 0,
    take(letter) {
      state.letters.unshift(letter);
      state.letters.splice(KEPT_LETTERS);
      file.save();
      for (const tell of waiting) tell(letter);
    },
  });
  function clear(): void {
    state.letters.length = 0;
    file.save();
  }
  const app = express().disable('x-powered-by');
  app.use(styleRoutes());
  app.use(mailPages(() => state.letters, clear));
  const server = await listen(app, options.httpPort);

  return {
    origin: server.origin,
    smtpUrl: `smtp://127.0.0.1:${office.port}`,
    letters: () => structuredClone(state.letters),
    letter(matches, timeoutMs = 5_000) {
      const here = state.letters.findLast(matches);
      if (here) return Promise.resolve(structuredClone(here));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(tell);
          reject(new Error(`no such letter within ${timeoutMs} ms`));
        }, timeoutMs);
        const tell = (letter: SimulatedLetter) => {
          if (!matches(letter)) return;
          clearTimeout(timer);
          waiting.delete(tell);
          resolve(structuredClone(letter));
        };
        waiting.add(tell);
      });
    },
    clear,
    refuse(count) {
      toRefuse = count;
    },
    async close() {
      await Promise.all([office.close(), server.close()]);
    },
  };
}
