/** How often an order of trouble applies: the next `times` occasions, or, without it, until `calm()`. */
interface Lasting {
  times?: number;
}

/** What can go wrong with a call to the API; `on` limits it to one kind of call. */
export type CallTrouble<Call extends string> =
  /** The connection stays open and silent. `after`: the call has had its effect. */
  | (Lasting & { kind: 'hang'; effect: 'before' | 'after'; on?: Call })
  /** The call works, but takes `ms` longer: before it has its effect, or between effect and answer. */
  | (Lasting & { kind: 'slow'; ms: number; effect: 'before' | 'after'; on?: Call })
  /** HTTP 500. `after`: the call has had its effect all the same. */
  | (Lasting & { kind: 'error'; effect: 'before' | 'after'; on?: Call })
  /** The call works, but the connection breaks in the middle of the answer. */
  | (Lasting & { kind: 'cut'; on?: Call });

/** What can go wrong on the way of a webhook to the store. */
export type WebhookTrouble =
  | (Lasting & { kind: 'webhooks-lost' })
  | (Lasting & { kind: 'webhooks-delayed'; ms: number })
  /** Kept back until `releaseWebhooks()` or `calm()`. */
  | (Lasting & { kind: 'webhooks-held' })
  | (Lasting & { kind: 'webhooks-duplicated' })
  /** The next `count` (2 unless told) wait for one another and go out one by one, last first. */
  | (Lasting & { kind: 'webhooks-reordered'; count?: number });

interface AnyTrouble extends Lasting {
  kind: string;
  on?: string;
  effect?: string;
}

/** The orders of trouble that stand; each occasion asks whether one is meant for it, and uses it up. */
export interface TroubleBook<Trouble extends AnyTrouble> {
  order(orders: Trouble | readonly Trouble[]): void;
  calm(): void;
  take<Kind extends Trouble['kind']>(
    kind: Kind,
    occasion?: { on?: string; effect?: 'before' | 'after' },
  ): Extract<Trouble, { kind: Kind }> | null;
}

export function createTroubleBook<Trouble extends AnyTrouble>(): TroubleBook<Trouble> {
  let standing: { trouble: Trouble; left: number }[] = [];
  return {
    order(orders) {
      const list = Array.isArray(orders) ? (orders as readonly Trouble[]) : [orders as Trouble];
      standing.push(...list.map(trouble => ({ trouble, left: trouble.times ?? Infinity })));
    },
    calm() {
      standing = [];
    },
    take<Kind extends Trouble['kind']>(kind: Kind, occasion: { on?: string; effect?: string } = {}) {
      const found = standing.find(
        ({ trouble }) =>
          trouble.kind === kind &&
          (trouble.on === undefined || trouble.on === occasion.on) &&
          (trouble.effect === undefined || trouble.effect === occasion.effect),
      );
      if (!found) return null;
      found.left -= 1;
      if (found.left <= 0) standing = standing.filter(other => other !== found);
      return found.trouble as Extract<Trouble, { kind: Kind }>;
    },
  };
}
