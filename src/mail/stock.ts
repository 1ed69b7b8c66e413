import { listVariants } from '../catalog/index.js';
import { findStockRequest, openRequestLink, type StockRequest } from '../inventory/index.js';
import { LOCALE_CURRENCY } from '../lib/locale.js';
import { formatMoment } from '../lib/time.js';
import type { EventContext, Subscriptions } from '../platform/jobs.js';
import { localePath } from '../web/index.js';
import { deliver, type MailDeps } from './deliver.js';
import { renderStockLetter, type StockLetterKind, type WaitingLetter } from './views.js';

/** Letters to people who wait for a variant. They have no order: the request says whom to write to and in which language. */
export function stockLetters(deps: MailDeps): Subscriptions {
  return {
    'stock.requested': {
      letter: ({ requestId }, context) => sendStockLetter(deps, 'stock-requested', requestId, context),
    },
    'stock.answered': {
      letter: ({ requestId }, context) => sendStockLetter(deps, 'stock-returned', requestId, context),
    },
  };
}

async function sendStockLetter(
  deps: MailDeps,
  kind: StockLetterKind,
  requestId: number,
  context: EventContext,
): Promise<void> {
  const { db, config } = deps;
  const request = await findStockRequest(db, { requestId });
  // Forgotten, or stopped before its letter was written.
  if (!request || request.state === 'ended') return;
  const about = await describe(deps, request);
  if (!about) return;
  const { email: recipient, locale } = request;
  await deliver(deps, { kind, recipient, locale, about: `request-${requestId}` }, context, async () => {
    const letter =
      kind === 'stock-requested' ? { ...about, ...(await links(deps, request, context)) } : about;
    return renderStockLetter(kind, { locale, shop: config.shop, baseUrl: config.baseUrl, letter });
  });
}

/** What is waited for, as it is called now; null when it is not sold any more. */
async function describe({ db, config }: MailDeps, request: StockRequest): Promise<WaitingLetter | null> {
  const { variantId, locale, createdAt } = request;
  const [variant] = await listVariants(db, { ids: [variantId], locale, currency: LOCALE_CURRENCY[locale] });
  if (!variant?.active) return null;
  const { name, variantName, slug, sku } = variant;
  const path = `/products/${encodeURIComponent(slug)}?variant=${encodeURIComponent(sku)}`;
  return {
    product: variantName ? `${name}, ${variantName}` : name,
    productUrl: config.baseUrl + localePath(locale, path),
    askedAt: formatMoment(createdAt, locale),
  };
}

/** Fresh links at every try: only their digests are kept, so an earlier try's cannot be written again. */
async function links(
  { db, config }: MailDeps,
  { id: requestId, locale }: StockRequest,
  { now }: EventContext,
): Promise<Required<Pick<WaitingLetter, 'confirmUrl' | 'stopUrl'>>> {
  const urlFor = async (purpose: 'confirm' | 'stop') => {
    const token = await openRequestLink(db, { requestId, purpose, now });
    return config.baseUrl + localePath(locale, `/stock-requests/${token}`);
  };
  return { confirmUrl: await urlFor('confirm'), stopUrl: await urlFor('stop') };
}
