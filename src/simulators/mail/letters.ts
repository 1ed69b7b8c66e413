import { simpleParser } from 'mailparser';
import { randomId } from '../desk.js';

/** One letter as it arrived. */
export interface SimulatedLetter {
  id: string;
  /** ISO 8601. */
  receivedAt: string;
  from: string;
  /** Who it was handed over for (the envelope), which is what counts. */
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  messageId: string | null;
  /** Header lines by lower-case name; of a repeated header the last. */
  headers: Record<string, string>;
}

/** Takes a raw message apart. */
export async function readLetter(raw: Buffer, to: string[]): Promise<SimulatedLetter> {
  const mail = await simpleParser(raw);
  const headers = mail.headerLines.map(
    ({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()] as const,
  );
  return {
    id: randomId('', 12),
    receivedAt: new Date().toISOString(),
    from: mail.from?.text ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || null,
    messageId: mail.messageId ?? null,
    headers: Object.fromEntries(headers),
  };
}
