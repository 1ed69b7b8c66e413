import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { MINUTE } from '../lib/time.js';
import { saveSession } from '../web/index.js';
import type { ShownMailbox } from './actions/arrivals.js';
import type { Arrival } from './providers/arrival.js';

/** Somebody whom a provider named and who has no account yet, or none that they have named. */
export interface Waiting {
  arrival: Arrival;
  /** Where they were going. */
  back: string;
  /** Since when, ms. */
  at: number;
}

declare module 'express-session' {
  interface SessionData {
    /** Stays through a sign-in, so that it can be added to the account that was signed in to. */
    waiting: Waiting;
    /** A letter's link was opened here, and the identity it is about is still to be shown. */
    mailbox: ShownMailbox & { at: number };
  }
}

/** How long one half waits for the other: what a provider told, or a mailbox that was shown. */
export const ARRIVAL_WAITS_MS = 10 * MINUTE;

/** Keeps a provider's answer with the browser that brought it: nothing is stored of anybody who has not agreed to it. */
export async function keepArrival(req: Request, waiting: Waiting): Promise<void> {
  req.session.waiting = waiting;
  await saveSession(req);
}

/** Who waits in this browser; null when nobody does, or not any more. */
export function findArrival(req: Request, now: Date): Waiting | null {
  const { waiting } = req.session as Partial<SessionData>;
  return waiting && now.getTime() - waiting.at < ARRIVAL_WAITS_MS ? waiting : null;
}

/** Forgets who waited, and whose mailbox was shown. The session is written with the answer, or by whoever goes on with it. */
export function dropArrival(req: Request): void {
  const session = req.session as Partial<SessionData>;
  delete session.waiting;
  delete session.mailbox;
}

/** Keeps that a mailbox was shown in this browser, until its person comes back from the provider. */
export async function keepMailbox(req: Request, mailbox: ShownMailbox, now: Date): Promise<void> {
  req.session.mailbox = { ...mailbox, at: now.getTime() };
  await saveSession(req);
}

/** The mailbox that was shown in this browser; null when there is none, or not any more. */
export function findMailbox(req: Request, now: Date): ShownMailbox | null {
  const { mailbox } = req.session as Partial<SessionData>;
  return mailbox && now.getTime() - mailbox.at < ARRIVAL_WAITS_MS ? mailbox : null;
}

/** Whether what a provider told is about the identity that the letter was about. */
export const isAbout = (
  { provider, subject }: Pick<ShownMailbox, 'provider' | 'subject'>,
  arrival: Arrival | undefined,
): arrival is Arrival => arrival?.provider === provider && arrival.subject === subject;
