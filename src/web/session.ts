import type { Request } from 'express';

/**
 * Writes the session now. By itself it is written while the answer ends, after its headers have left: a browser that
 * follows a redirect at once would come back before its session is there.
 */
export async function saveSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.save((error: unknown) => (error instanceof Error ? reject(error) : resolve())),
  );
}
