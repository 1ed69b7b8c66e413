import { change, row, type Tx } from '../../platform/db.js';
import { noteAccountEvent } from './note.js';
import type { Address } from '../../lib/address.js';
import { findAddress, listAddresses } from '../queries/addresses.js';

/** More than anybody sends parcels to; checkout shows them all. */
export const MAX_ADDRESSES = 20;

export type SaveAddressResult =
  /** `isNew`: there was none like it before. */
  { ok: true; addressId: number; isNew: boolean } | { ok: false; reason: 'unknown' | 'too-many' };

/** A user's addresses change one at a time. */
const lockAddresses = (tx: Tx, userId: number) =>
  row(tx, `select id from users where id = :userId for no key update`, { userId });

const columns = ({ postalCode, ...address }: Address) => ({ ...address, postal_code: postalCode });

/**
 * Keeps a new address of a user's, or changes the one with `addressId`. The very same address again is no second one: a
 * form that arrives twice saves once. The first is the default. Locks the user.
 */
export async function saveAddress(
  tx: Tx,
  {
    userId,
    addressId = null,
    address,
    asDefault = false,
    now,
  }: { userId: number; addressId?: number | null; address: Address; asDefault?: boolean; now: Date },
): Promise<SaveAddressResult> {
  await lockAddresses(tx, userId);
  const saved = await listAddresses(tx, { userId });
  if (addressId !== null && !saved.some(({ id }) => id === addressId))
    return { ok: false, reason: 'unknown' };
  const written = columns(address);
  const same = saved.find(each => PARTS.every(part => each[part] === address[part]));
  const isNew = addressId === null && !same;
  if (isNew && saved.length >= MAX_ADDRESSES) return { ok: false, reason: 'too-many' };
  const id = addressId ?? same?.id ?? (await insert(tx, { userId, written, now }));
  if (addressId !== null)
    await tx('addresses')
      .where({ id })
      .update({ ...written, updated_at: now });
  if (asDefault || saved.length === 0) await putFirst(tx, { userId, addressId: id });
  if (isNew || addressId !== null)
    await noteAccountEvent(tx, { userId, kind: 'address-saved', data: { addressId: id }, now });
  return { ok: true, addressId: id, isNew };
}

const PARTS = [
  'name',
  'phone',
  'country',
  'region',
  'city',
  'postalCode',
  'address1',
  'address2',
] as const satisfies readonly (keyof Address)[];

async function insert(
  tx: Tx,
  { userId, written, now }: { userId: number; written: ReturnType<typeof columns>; now: Date },
): Promise<number> {
  const [inserted] = await tx('addresses')
    .insert({ user_id: userId, ...written, created_at: now, updated_at: now })
    .returning<{ id: number }[]>('id');
  return inserted!.id;
}

async function putFirst(tx: Tx, { userId, addressId }: { userId: number; addressId: number }): Promise<void> {
  // Two statements: the index that allows one default looks at every row by itself.
  await change(
    tx,
    `update addresses set is_default = false where user_id = :userId and is_default and id <> :addressId`,
    {
      userId,
      addressId,
    },
  );
  await change(tx, `update addresses set is_default = true where user_id = :userId and id = :addressId`, {
    userId,
    addressId,
  });
}

/** Makes one of a user's addresses the one that checkout offers first. False when it is not theirs. Locks the user. */
export async function chooseDefaultAddress(
  tx: Tx,
  { userId, addressId }: { userId: number; addressId: number },
): Promise<boolean> {
  await lockAddresses(tx, userId);
  if (!(await findAddress(tx, { userId, addressId }))) return false;
  await putFirst(tx, { userId, addressId });
  return true;
}

/**
 * Forgets one of a user's addresses; orders keep their copies. After the default one, the newest takes its place. Removing
 * what is gone, or not theirs, does nothing. Locks the user.
 */
export async function removeAddress(
  tx: Tx,
  { userId, addressId, now }: { userId: number; addressId: number; now: Date },
): Promise<void> {
  await lockAddresses(tx, userId);
  const removed = await tx('addresses').where({ user_id: userId, id: addressId }).delete();
  if (removed === 0) return;
  await noteAccountEvent(tx, { userId, kind: 'address-removed', data: { addressId }, now });
  const [first] = await listAddresses(tx, { userId });
  if (first && !first.isDefault) await putFirst(tx, { userId, addressId: first.id });
}
