import type { Book } from './book.js';
import type { Random } from './random.js';

/** One answer as a browser without scripts gets it; `status` 0: none came. */
export interface Shown {
  status: number;
  location: string | null;
  text: string;
}

export interface Browser {
  get(path: string): Promise<Shown>;
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Shown>;
  /** Follows redirects within the store; stops at a provider's page. */
  open(path: string): Promise<Shown>;
}

/** People do not wait for ever: the browser's stop button. What the store does then goes on without them. */
const PATIENCE_MS = 9_000;
const NOTHING: Shown = { status: 0, location: null, text: '' };

/**
 * A browser without scripts: keeps cookies, sends Origin, and reaches whichever process the platform's router picks
 * among those that are up, as if both stood behind one name.
 */
export function createBrowser(facts: {
  /** Origins of the processes that are up; the store's public address is one of `aliases` in any case. */
  origins: () => readonly string[];
  aliases: readonly string[];
  /** Where it seems to come from (X-Forwarded-For), for limits count by address. */
  address: string;
  random: Random;
  book: Book;
}): Browser {
  const { origins, aliases, address, random, book } = facts;
  const cookies = new Map<string, string>();

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const gone = attributes.some(attribute => /^\s*expires=Thu, 01 Jan 1970/i.test(attribute));
      if (gone) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  async function send(target: string, body?: Readonly<Record<string, string>>): Promise<Shown> {
    const up = origins();
    const origin = up.length > 0 ? random.pick(up) : aliases[0]!;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    try {
      const response = await fetch(new URL(pathOf(target), origin), {
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          accept: 'text/html',
          'x-forwarded-for': address,
          ...(cookie ? { cookie } : {}),
          ...(body
            ? { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', origin }
            : {}),
        },
        ...(body ? { method: 'POST', body: new URLSearchParams(body).toString() } : {}),
      });
      keep(response);
      const text = await response.text();
      book.answered(response.status);
      return { status: response.status, location: response.headers.get('location'), text };
    } catch {
      book.answered(0);
      return NOTHING;
    }
  }

  /** The store's own addresses lose their origin: the router decides. */
  const pathOf = (target: string): string => {
    const alias = aliases.find(known => target.startsWith(`${known}/`));
    return alias ? target.slice(alias.length) : target;
  };
  const isOurs = (target: string) => target.startsWith('/') || pathOf(target) !== target;

  /** A page that does not come is loaded once more; a form that was sent may have arrived and is not sent again. */
  const get = async (path: string): Promise<Shown> => {
    const shown = await send(path);
    return shown.status === 0 ? await send(path) : shown;
  };
  return {
    get,
    post: (path, fields) => send(path, fields),
    async open(path) {
      let shown = await get(path);
      for (let hops = 0; shown.location !== null && isOurs(shown.location) && hops < 5; hops += 1)
        shown = await get(shown.location);
      return shown;
    },
  };
}
