import type { Express } from 'express';

export interface Route {
  method: 'get' | 'post';
  /** As the store names it: `/en/orders/:number`. */
  path: string;
}

/** The parts of Express's router that tell what is mounted where. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  match(path: string): boolean;
  /** The part of the path that `match` took. */
  path?: string;
}

/**
 * Every route of the store, those below a language for English only. A route that is added tomorrow is in it, so what
 * must hold for all routes is tested for that one as well.
 */
export function routesOf(app: Express): Route[] {
  const found: Route[] = [];
  const walk = (layers: readonly Layer[], prefix: string) => {
    for (const layer of layers) {
      const { route, handle } = layer;
      if (route) {
        for (const method of ['get', 'post'] as const) {
          if (route.methods[method]) found.push({ method, path: prefix + route.path });
        }
      } else if (handle.stack && layer.match('/en/anything')) walk(handle.stack, prefix + (layer.path ?? ''));
    }
  };
  walk((app.router as unknown as { stack: Layer[] }).stack, '');
  return found;
}

/** The route's path with something in place of each parameter. */
export const fillPath = (path: string, value: (name: string) => string): string =>
  path.replace(/:(\w+)/g, (_whole, name: string) => value(name));
