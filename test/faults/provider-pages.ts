/** A hosted page somebody was sent to, and what its buttons do: plain form posts, as the providers' pages have them. */
export interface PayPage {
  provider: 'stripe' | 'toss';
  url: string;
}

/** The page a redirect leads to, when it leads to a provider. */
export function payPage(
  location: string | null,
  origins: Readonly<Record<'stripe' | 'toss', string>>,
): PayPage | null {
  if (location?.startsWith(`${origins.stripe}/`)) return { provider: 'stripe', url: location };
  if (location?.startsWith(`${origins.toss}/`)) return { provider: 'toss', url: location };
  return null;
}

/** The page keeps the browser until the store has taken the webhook, or ten seconds. */
const PATIENCE_MS = 15_000;

/** Presses a button; where the browser is sent then, or null when the page has nowhere to send it. */
async function press(page: PayPage, button: string): Promise<string | null> {
  try {
    const response = await fetch(`${page.url}/${button}`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    });
    await response.arrayBuffer();
    const target = response.headers.get('location');
    return target === null || target.startsWith('/') ? null : target;
  } catch {
    return null;
  }
}

export const pay = (page: PayPage) => press(page, page.provider === 'stripe' ? 'pay' : 'approve');
/** A refused card. Stripe's page stays open for another; Toss sends the buyer back. */
export const decline = (page: PayPage) => press(page, page.provider === 'stripe' ? 'decline' : 'refuse');
/** A bank transfer at Stripe, which arrives days later or never; Toss is asked for cards only. */
export const payLater = (page: PayPage) => press(page, page.provider === 'stripe' ? 'later' : 'approve');

/** The page's link back to the shop. */
export async function turnBack(page: PayPage): Promise<string | null> {
  if (page.provider === 'toss') return await press(page, 'cancel');
  try {
    const text = await (await fetch(page.url, { signal: AbortSignal.timeout(PATIENCE_MS) })).text();
    return /href="([^"]+\/canceled)"/.exec(text)?.[1] ?? null;
  } catch {
    return null;
  }
}
