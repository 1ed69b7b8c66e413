import type { Currency } from '../../lib/money.js';
import type { Locale } from '../../lib/locale.js';
import { row, type Db } from '../../platform/db.js';

/** What a user says of themselves. */
export interface Profile {
  name: string;
  /** E.164, or ''. */
  phone: string;
  /** What letters speak. */
  locale: Locale;
  /** What prices are shown in after signing in; null follows the language. */
  currency: Currency | null;
  /** Name of their private picture in media; null without one. */
  avatarId: string | null;
}

export async function findProfile(db: Db, { userId }: { userId: number }): Promise<Profile | null> {
  return await row<Profile>(
    db,
    `select name, phone, locale, currency, avatar_id as "avatarId" from users where id = :userId`,
    { userId },
  );
}

/** Whether the user has said that the store may write about offers: the newest word counts. */
export async function hasMarketingConsent(db: Db, { userId }: { userId: number }): Promise<boolean> {
  const newest = await row<{ given: boolean }>(
    db,
    `select given from consents where user_id = :userId and kind = 'marketing' order by id desc limit 1`,
    { userId },
  );
  return newest?.given ?? false;
}
