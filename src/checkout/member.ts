import { findContact, listAddresses, saveAddress, type SavedAddress } from '../accounts/index.js';
import { inTransaction, type Db } from '../platform/db.js';
import type { FieldError, Viewer } from '../web/index.js';
import type { Typed } from './forms.js';
import type { CheckoutForm } from './rules.js';

/** Who checks out signed in: how to reach them, and the addresses they have saved, the default one first. */
export interface Member {
  userId: number;
  contact: { email: string; name: string; phone: string };
  addresses: SavedAddress[];
}

/** The word in place of a saved address's id: the form asks for another one. */
export const ANOTHER = 'new';

export async function findMember(db: Db, viewer: Viewer | undefined): Promise<Member | null> {
  if (!viewer) return null;
  const contact = await findContact(db, viewer);
  return contact && { userId: viewer.userId, contact, addresses: await listAddresses(db, viewer) };
}

/** A member's form before anything is typed: their own contact, and their default address where they have one. */
export function prefill(typed: Typed, member: Member | null): Typed {
  if (!member) return typed;
  const [first] = member.addresses;
  return { ...typed, ...member.contact, address: first ? String(first.id) : ANOTHER };
}

/** Another address begins with the member's own name and phone. */
export function withContact(typed: Typed, member: Member | null): Typed {
  if (!member || typed.name || typed.phone) return typed;
  const { name, phone } = member.contact;
  return { ...typed, name, phone };
}

export type Picked =
  /** `country` is null where the form says which. */
  { typed: Typed; country: string | null; isSaved: boolean; errors: FieldError[] };

/**
 * Fills the chosen address into the form, as if it had been typed. Only a member's own can be chosen: another's is as
 * unknown as one that never was. A guest has nothing to choose from.
 */
export function pickAddress(typed: Typed, member: Member | null): Picked {
  const plain = { typed: { ...typed, address: ANOTHER }, country: null, isSaved: false, errors: [] };
  if (!member || member.addresses.length === 0 || typed.address === ANOTHER) return plain;
  const chosen = member.addresses.find(({ id }) => String(id) === typed.address);
  if (!chosen) return { ...plain, errors: [{ field: 'address', key: 'checkout.error.address' }] };
  const { name, phone, country, region, city, postalCode, address1, address2 } = chosen;
  const filled = { name, phone, country, region, city, postal_code: postalCode, address1, address2 };
  return { typed: { ...typed, ...filled, form_country: country }, country, isSaved: true, errors: [] };
}

/** For the next time. Where there is no room left the page offered no box for it. */
export async function keepAddress(
  db: Db,
  { userId }: Member,
  { name, phone, country, region, city, postalCode, address1, address2 }: CheckoutForm,
  now: Date,
): Promise<void> {
  const address = { name, phone, country, region, city, postalCode, address1, address2 };
  await inTransaction(db, tx => saveAddress(tx, { userId, address, now }));
}
