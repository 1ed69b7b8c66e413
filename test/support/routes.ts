import type { Express } from 'express';
import { DEFAULT_LOCALE, LOCALES } from '../../src/lib/locale.js';

export interface Route {
  method: 'get' | 'post';
  /** As the store names it: `/en/orders/:number`. */
  path: string;
  /** Who may call it, as its first handler says. */
  wants: string | undefined;
}

/** The parts of Express's router that tell what is mounted where. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean>; stack: { handle: { wants?: string } }[] };
  handle: { stack?: Layer[] };
  /** Where it is mounted; `/` when nowhere in particular. */
  rawPath: string;
}

const OTHER_LANGUAGES = new Set(
  LOCALES.filter(locale => locale !== DEFAULT_LOCALE).map(locale => `/${locale}`),
);

/**
 * Every route of the store, those below a language for English only. A route that is added tomorrow is in it, so what
 * must hold for all routes is tested for that one as well.
 */
export function routesOf(app: Express): Route[] {
  const found: Route[] = [];
  const walk = (layers: readonly Layer[], prefix: string) => {
    for (const layer of layers) {
      const { route, handle, rawPath } = layer;
      if (route) {
        for (const method of ['get', 'post'] as const) {
          if (route.methods[method])
            found.push({ method, path: prefix + route.path, wants: route.stack[0]?.handle.wants });
        }
      } else if (handle.stack && !OTHER_LANGUAGES.has(rawPath)) {
        walk(handle.stack, rawPath === '/' ? prefix : prefix + rawPath);
      }
    }
  };
  walk((app.router as unknown as { stack: Layer[] }).stack, '');
  return found;
}

/** The route's path with something in place of each parameter. */
export const fillPath = (path: string, value: (name: string) => string): string =>
  path.replace(/:(\w+)/g, (_whole, name: string) => value(name));
