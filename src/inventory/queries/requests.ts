import type { Locale } from '../../lib/locale.js';
import { row, rows, type Db } from '../../platform/db.js';
import { hashOf, requestState, type RequestPurpose, type RequestState } from '../rules/requests.js';

export interface StockRequest {
  id: number;
  variantId: number;
  email: string;
  /** The language it was asked in. */
  locale: Locale;
  createdAt: Date;
  state: RequestState;
}

type Row = Omit<StockRequest, 'state'> & {
  confirmedAt: Date | null;
  mailedAt: Date | null;
  endedAt: Date | null;
};

function toRequest({ confirmedAt, mailedAt, endedAt, ...request }: Row): StockRequest {
  return { ...request, state: requestState({ confirmedAt, mailedAt, endedAt }) };
}

/** For a letter; null when it has been forgotten. */
export async function findStockRequest(
  db: Db,
  { requestId }: { requestId: number },
): Promise<StockRequest | null> {
  const found = await row<Row>(
    db,
    `select id, variant_id as "variantId", email, locale, created_at as "createdAt", confirmed_at as "confirmedAt",
            mailed_at as "mailedAt", ended_at as "endedAt"
       from stock_requests where id = :requestId`,
    { requestId },
  );
  return found && toRequest(found);
}

/** The request that a letter's link for `purpose` belongs to; null for anything else. `expired`: the link's time is over. */
export async function findRequestByToken(
  db: Db,
  { token, purpose, now }: { token: string; purpose: RequestPurpose; now: Date },
): Promise<(StockRequest & { expired: boolean }) | null> {
  const found = await row<Row & { expiresAt: Date }>(
    db,
    `select r.id, r.variant_id as "variantId", r.email, r.locale, r.created_at as "createdAt",
            r.confirmed_at as "confirmedAt", r.mailed_at as "mailedAt", r.ended_at as "endedAt", k.expires_at as "expiresAt"
       from stock_request_tokens k join stock_requests r on r.id = k.request_id
      where k.token_hash = :hash and k.purpose = :purpose`,
    { hash: hashOf(token, purpose), purpose },
  );
  if (!found) return null;
  const { expiresAt, ...request } = found;
  return { ...toRequest(request), expired: expiresAt <= now };
}

/** What an address waits for, newest first. Its owner must have been found to be who asks. */
export async function listRequestsOf(db: Db, { email }: { email: string }): Promise<StockRequest[]> {
  const found = await rows<Row>(
    db,
    `select id, variant_id as "variantId", email, locale, created_at as "createdAt", confirmed_at as "confirmedAt",
            mailed_at as "mailedAt", ended_at as "endedAt"
       from stock_requests where email = lower(:email) and mailed_at is null and ended_at is null order by id desc limit 100`,
    { email },
  );
  return found.map(toRequest);
}
