import type { Locale } from '../lib/locale.js';
import type { Config } from '../platform/config.js';
import type { Db } from '../platform/db.js';
import type { EventContext } from '../platform/jobs.js';
import type { Mailer } from '../platform/smtp.js';
import { claimLetter, markSent, releaseClaim } from './actions.js';
import type { RenderedLetter } from './views.js';

export interface MailDeps {
  db: Db;
  mailer: Mailer;
  config: Pick<Config, 'mailFrom' | 'baseUrl' | 'shop'>;
}

/**
 * One letter, once per event, kind and recipient. `about` is a part of its Message-ID that says what it is about, without
 * personal data. Throws when it cannot be written (what it tells of went while it was), the mail server does not take it, or
 * another process is sending it: the job is tried again.
 */
export async function deliver(
  { db, mailer, config }: MailDeps,
  letter: { kind: string; recipient: string; locale: Locale; about: string },
  { eventId, now }: EventContext,
  compose: () => Promise<RenderedLetter>,
): Promise<void> {
  const { kind, recipient, locale, about } = letter;
  // Taken out of its order: nobody is left to write to.
  if (recipient === '') return;
  const claim = await claimLetter(db, { eventId, kind, recipient, locale, now });
  if (!claim.ok) {
    if (claim.reason === 'sent') return;
    throw new Error('letter is being sent elsewhere'); // the job comes back
  }
  try {
    await mailer.send({
      ...(await compose()),
      from: config.mailFrom,
      to: recipient,
      messageId: `<event-${eventId}.${kind}.${about}@${new URL(config.baseUrl).hostname}>`,
      language: locale,
    });
  } catch (error) {
    await releaseClaim(db, { letterId: claim.letterId });
    throw error;
  }
  await markSent(db, { letterId: claim.letterId, now: new Date() });
}
