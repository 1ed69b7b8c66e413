import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { MINUTE } from '../lib/time.js';
import { saveSession } from '../web/index.js';
import type { Via } from './actions/sign-ins.js';

declare module 'express-session' {
  interface SessionData {
    /** The sign-in that this browser is on; whether it still counts, the database says. */
    signIn: number;
    /** The account that was made in this browser: its own link signs it in. 0: the address had one. */
    registered: number;
    /** Somebody who has shown the first of two things: they are not signed in yet. */
    pending: Pending;
    /** New recovery codes, sealed, until their owner has kept them. */
    freshCodes: { sealed: string; at: number };
  }
}

/** Who came in by the first way and owes a code. */
export interface Pending {
  userId: number;
  via: Via;
  remembered: boolean;
  /** Where they were going. */
  back: string;
  /** Of the password then: when it changes meanwhile, they begin anew. */
  mark: string;
  /** Since when, ms. */
  at: number;
}

/** The sign-in that the browser's session names; null for a guest. */
export const signInOf = (req: Request): number | null => (req.session as Partial<SessionData>).signIn ?? null;

/** How long a code may take to come, and new recovery codes to be written down. */
const PENDING_FOR_MS = 10 * MINUTE;

/** Keys of the session that belong to a way of signing in and end with it; what other rooms noted for a guest stays. */
const OURS = new Set(['cookie', 'signIn', 'registered', 'pending', 'freshCodes', 'mailbox']);

/** A new session under a new id: whatever id the browser came with, or had planted, is worth nothing afterwards. */
async function renew(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.regenerate((error: unknown) => (error instanceof Error ? reject(error) : resolve())),
  );
}

/** A new session that keeps what other rooms noted for the guest, and `ours`. `stayMs` null: until the browser is closed. */
async function begin(req: Request, ours: Partial<SessionData>, stayMs: number | null): Promise<void> {
  const kept = Object.fromEntries(Object.entries(req.session).filter(([name]) => !OURS.has(name)));
  await renew(req);
  Object.assign(req.session, kept, ours);
  if (stayMs === null) req.session.cookie.expires = null;
  else req.session.cookie.maxAge = stayMs;
  await saveSession(req);
}

/**
 * Begins the session of a sign-in. `stayMs`: how long the browser keeps it; null: until it is closed. What other
 * rooms noted for the guest before stays at hand.
 */
export async function beginSession(
  req: Request,
  { signInId, stayMs }: { signInId: number; stayMs: number | null },
): Promise<void> {
  await begin(req, { signIn: signInId }, stayMs);
}

/** Begins the session of somebody who owes a code. */
export async function beginPending(req: Request, pending: Pending): Promise<void> {
  await begin(req, { pending }, null);
}

/** Who owes a code in this browser; null when nobody does, or not any more. */
export function pendingOf(req: Request, now: Date): Pending | null {
  const { pending } = req.session as Partial<SessionData>;
  return pending && now.getTime() - pending.at < PENDING_FOR_MS ? pending : null;
}

/** Gives the session a new id and keeps all of it: after a change of what signing in takes. */
export async function renewSession(req: Request): Promise<void> {
  const { cookie, ...kept } = req.session as Partial<SessionData>;
  const expires = cookie?.expires ?? null;
  await renew(req);
  Object.assign(
    req.session,
    Object.fromEntries(Object.entries(kept).filter(([, value]) => typeof value !== 'function')),
  );
  req.session.cookie.expires = expires;
  await saveSession(req);
}

/** Keeps new recovery codes, sealed, with the browser that asked for them. */
export function keepFreshCodes(req: Request, sealed: string, now: Date): void {
  req.session.freshCodes = { sealed, at: now.getTime() };
}

/** The sealed codes that wait to be kept; null when none do, or not any more. */
export function freshCodesOf(req: Request, now: Date): string | null {
  const { freshCodes } = req.session as Partial<SessionData>;
  return freshCodes && now.getTime() - freshCodes.at < PENDING_FOR_MS ? freshCodes.sealed : null;
}

export async function dropFreshCodes(req: Request): Promise<void> {
  delete (req.session as Partial<SessionData>).freshCodes;
  await saveSession(req);
}

/** Ends the browser's session: its row is gone, and nothing is kept in its place. */
export async function endSession(req: Request): Promise<void> {
  await renew(req);
}
