import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { saveSession } from '../web/index.js';

declare module 'express-session' {
  interface SessionData {
    /** The sign-in that this browser is on; whether it still counts, the database says. */
    signIn: number;
    /** The account that was made in this browser: its own link signs it in. 0: the address had one. */
    registered: number;
  }
}

/** The sign-in that the browser's session names; null for a guest. */
export const signInOf = (req: Request): number | null => (req.session as Partial<SessionData>).signIn ?? null;

/** Keys of the session that belong to a way of signing in and end with it; what other rooms noted for a guest stays. */
const OURS = new Set(['cookie', 'signIn', 'registered']);

/** A new session under a new id: whatever id the browser came with, or had planted, is worth nothing afterwards. */
async function renew(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.regenerate((error: unknown) => (error instanceof Error ? reject(error) : resolve())),
  );
}

/**
 * Begins the session of a sign-in. `stayMs`: how long the browser keeps it; null: until it is closed. What other
 * rooms noted for the guest before stays at hand.
 */
export async function beginSession(
  req: Request,
  { signInId, stayMs }: { signInId: number; stayMs: number | null },
): Promise<void> {
  const kept = Object.fromEntries(Object.entries(req.session).filter(([name]) => !OURS.has(name)));
  await renew(req);
  Object.assign(req.session, kept, { signIn: signInId });
  if (stayMs === null) req.session.cookie.expires = null;
  else req.session.cookie.maxAge = stayMs;
  await saveSession(req);
}

/** Ends the browser's session: its row is gone, and nothing is kept in its place. */
export async function endSession(req: Request): Promise<void> {
  await renew(req);
}
