import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps a text so that only a process with the store's secrets reads it. */
export interface Seal {
  close(text: string): string;
  /** The text, and whether an older secret than the newest sealed it; null when no secret of ours did. */
  open(sealed: string): { text: string; isOld: boolean } | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with keys of their own, derived from the secrets that sign cookies (newest first) under a purpose: what is
 * sealed for one thing cannot be passed off as another.
 */
export function createSeal(secrets: readonly string[], purpose: string): Seal {
  const keys = secrets.map(secret =>
    Buffer.from(hkdfSync('sha256', secret, '', `trainium ${purpose} 1`, 32)),
  );
  const newest = keys[0];
  if (!newest) throw new Error('nothing can be sealed without a secret');
  return {
    close(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, newest, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      for (const [index, key] of keys.entries()) {
        const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), {
          authTagLength: TAG_BYTES,
        });
        cipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        try {
          const body = cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
          return { text: Buffer.concat([body, cipher.final()]).toString('utf8'), isOld: index > 0 };
        } catch {
          // Sealed by another secret, or not by us: the next key may fit.
        }
      }
      return null;
    },
  };
}
