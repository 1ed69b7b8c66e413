import { randomUUID } from 'node:crypto';
import { deliverShipment, shipLines } from '../../src/orders/index.js';
import { inTransaction } from '../../src/platform/db.js';
import { buy, type Bought } from '../orders/paid.js';
import type { Shop } from '../support/shop.js';
import type { Answered, Visitor } from '../support/visitor.js';

export const STAFF = 'staff:7';

/** Sends so many pieces of an order's first line, all unless told; returns the parcel. */
export async function send(
  shop: Shop,
  { orderId, lines }: Bought,
  quantity = lines[0]!.quantity,
): Promise<number> {
  const sent = await inTransaction(shop.db, tx =>
    shipLines(tx, {
      orderId,
      lines: [{ lineId: lines[0]!.id, quantity }],
      carrier: 'other',
      trackingNumber: null,
      token: randomUUID(),
      actor: STAFF,
      now: shop.now(),
    }),
  );
  if (!sent.ok) throw new Error(sent.reason);
  return sent.shipmentId;
}

export const arrive = (shop: Shop, { orderId }: Bought, shipmentId: number, now = shop.now()) =>
  inTransaction(shop.db, tx => deliverShipment(tx, { orderId, shipmentId, actor: STAFF, now }));

/** An order that has been paid, sent and delivered. */
export async function delivered(shop: Shop, options: Parameters<typeof buy>[1]): Promise<Bought> {
  const bought = await buy(shop, options);
  await arrive(shop, bought, await send(shop, bought));
  return bought;
}

/** The path of a page of the order by its permanent link. */
export const at = (bought: { link: string }, rest: string): string => bought.link.replace('?', `${rest}?`);

/** The token that a form was drawn with. */
export const tokenOf = (page: Answered): string => /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? '';

export type Part = [name: string, value: string | { body: Buffer; type: string; filename: string }];

/** Posts a form with files as a browser does. */
export async function postParts(
  visitor: Visitor,
  origin: string,
  path: string,
  parts: readonly Part[],
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value.body)], { type: value.type }), value.filename);
  }
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return await fetch(new URL(path, origin), {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', origin, ...(cookie ? { cookie } : {}) },
  });
}
