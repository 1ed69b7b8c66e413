/** One answer of the store, redirects not followed. */
export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** Where a redirect leads, or null. */
  location: string | null;
}

export interface Visitor {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Posts a form as a browser does. */
  post(
    path: string,
    fields: Readonly<Record<string, string>> | URLSearchParams,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>;
  /** Follows redirects within the store from `path` to the page that is shown in the end. */
  open(path: string): Promise<Answered>;
  /** Cookies held, by name. */
  readonly cookies: Map<string, string>;
}

/** A browser without a screen: keeps cookies, runs no script, follows nothing on its own. */
export function createVisitor(origin: string): Visitor {
  const cookies = new Map<string, string>();

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      const expires = attributes.find(attribute => /^\s*expires=/i.test(attribute))?.split('=')[1];
      if (expires && Date.parse(expires) <= Date.now()) cookies.delete(name);
      else cookies.set(name, pair.slice(at + 1));
    }
  }

  async function send(path: string, init: RequestInit): Promise<Answered> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) },
    });
    keep(response);
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: response.headers.get('location'),
    };
  }

  const get: Visitor['get'] = (path, headers = {}) =>
    send(path, { headers: { accept: 'text/html', ...headers } });
  return {
    cookies,
    get,
    post: (path, fields, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          origin,
          ...headers,
        },
      }),
    async open(path) {
      let answered = await get(path);
      for (let hops = 0; answered.location !== null && hops < 5; hops += 1)
        answered = await get(answered.location);
      return answered;
    },
  };
}
