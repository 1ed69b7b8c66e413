import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookTrouble } from './trouble.js';

export interface Parcel {
  /** What the log calls it: the event's type and id. */
  name: string;
  body: string;
  /** Made anew for each try: a signature carries the time of its delivery. */
  headers(retry: number): Record<string, string>;
}

/** One parcel and how each try ended: the store's HTTP status, or 0 for no answer. */
export interface Delivery {
  name: string;
  tries: number[];
}

export interface Courier {
  /** Resolves when the first try has been answered (or cannot be); retries go on behind it. Never rejects. */
  send(parcel: Parcel): Promise<void>;
  setUrl(url: string | null): void;
  release(): void;
  deliveries(): Delivery[];
  /** Resolves when nothing is under way. What is held back or waits for its group does not count. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Bounded on purpose: a store that was stopped must not be called for three days, as the real ones do. */
const RETRY_DELAYS_MS = [200, 500, 1000, 2000, 4000];
const ANSWER_WITHIN_MS = 10_000;
const KEPT_DELIVERIES = 500;

/** Brings webhooks to the store, with as much trouble on the way as was ordered. */
export function createCourier(options: {
  url: string | null;
  troubles: { take(kind: WebhookTrouble['kind']): WebhookTrouble | null };
  retryDelaysMs?: readonly number[] | undefined;
}): Courier {
  const delays = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const log: Delivery[] = [];
  let url = options.url;
  let held: Parcel[] = [];
  let group: { parcels: Parcel[]; size: number } | null = null;

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  }

  async function post(parcel: Parcel, retry: number): Promise<number> {
    if (url === null) return 0;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...parcel.headers(retry) },
        body: parcel.body,
        // A redirect is no receipt, and must not be followed with the event in hand.
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  const taken = (status: number) => status >= 200 && status < 300;

  async function retryUntilTaken(parcel: Parcel, delivery: Delivery): Promise<void> {
    for (const [index, delay] of delays.entries()) {
      try {
        await pause(delay, undefined, { signal: closing.signal });
      } catch {
        return;
      }
      const status = await post(parcel, index + 1);
      delivery.tries.push(status);
      if (taken(status)) return;
    }
  }

  async function deliver(parcel: Parcel): Promise<void> {
    if (url === null || closing.signal.aborted) return;
    const delivery: Delivery = { name: parcel.name, tries: [] };
    log.push(delivery);
    log.splice(0, log.length - KEPT_DELIVERIES);
    const status = await post(parcel, 0);
    delivery.tries.push(status);
    if (!taken(status)) void track(retryUntilTaken(parcel, delivery));
  }

  async function deliverInTurn(parcels: readonly Parcel[]): Promise<void> {
    for (const parcel of parcels) await deliver(parcel);
  }

  async function send(parcel: Parcel): Promise<void> {
    const { troubles } = options;
    if (troubles.take('webhooks-lost')) return;
    if (troubles.take('webhooks-held')) {
      held.push(parcel);
      return;
    }
    if (!group) {
      const reordered = troubles.take('webhooks-reordered');
      if (reordered?.kind === 'webhooks-reordered') group = { parcels: [], size: reordered.count ?? 2 };
    }
    if (group) {
      group.parcels.unshift(parcel);
      if (group.parcels.length < group.size) return;
      const { parcels } = group;
      group = null;
      void track(deliverInTurn(parcels));
      return;
    }
    const delayed = troubles.take('webhooks-delayed');
    if (delayed?.kind === 'webhooks-delayed') {
      const waited = pause(delayed.ms, undefined, { signal: closing.signal });
      void track(waited.then(() => deliver(parcel)).catch(() => undefined));
      return;
    }
    const copies = troubles.take('webhooks-duplicated') ? [parcel, parcel] : [parcel];
    await track(Promise.all(copies.map(deliver)));
  }

  return {
    send,
    setUrl(next) {
      url = next;
    },
    release() {
      const parcels = [...held, ...(group?.parcels ?? [])];
      held = [];
      group = null;
      void track(deliverInTurn(parcels));
    },
    deliveries: () => structuredClone(log),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };
}
