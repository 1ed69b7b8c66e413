import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { saveSession } from '../web/index.js';

declare module 'express-session' {
  interface SessionData {
    /** The sign-in that this browser is on; whether it still counts, the database says. */
    signIn: number;
  }
}

/** The sign-in that the browser's session names; null for a guest. */
export const signInOf = (req: Request): number | null => (req.session as Partial<SessionData>).signIn ?? null;

/** A new session under a new id: whatever id the browser came with, or had planted, is worth nothing afterwards. */
async function renew(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.regenerate((error: unknown) => (error instanceof Error ? reject(error) : resolve())),
  );
}

/** Begins the session of a sign-in. `stayMs`: after this long the browser forgets it by itself. */
export async function beginSession(
  req: Request,
  { signInId, stayMs }: { signInId: number; stayMs: number },
): Promise<void> {
  await renew(req);
  req.session.signIn = signInId;
  req.session.cookie.maxAge = stayMs;
  await saveSession(req);
}

/** Ends the browser's session: its row is gone, and nothing is kept in its place. */
export async function endSession(req: Request): Promise<void> {
  await renew(req);
}
