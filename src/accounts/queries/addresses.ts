import type { Address } from '../../lib/address.js';
import { row, rows, type Db } from '../../platform/db.js';

export type SavedAddress = Address & { id: number; isDefault: boolean };

const COLUMNS = `id, name, phone, country, region, city, postal_code as "postalCode", address1, address2,
  is_default as "isDefault"`;

/** A user's addresses: the default one first, then the newest. */
export async function listAddresses(db: Db, { userId }: { userId: number }): Promise<SavedAddress[]> {
  return await rows<SavedAddress>(
    db,
    `select ${COLUMNS} from addresses where user_id = :userId order by is_default desc, id desc`,
    { userId },
  );
}

/** One of a user's addresses; somebody else's is as unknown as one that never was. */
export async function findAddress(
  db: Db,
  { userId, addressId }: { userId: number; addressId: number },
): Promise<SavedAddress | null> {
  return await row<SavedAddress>(
    db,
    `select ${COLUMNS} from addresses where user_id = :userId and id = :addressId`,
    { userId, addressId },
  );
}

/** What checkout fills in before anything is typed. `phone` is empty while nobody has said one. */
export async function findContact(
  db: Db,
  { userId }: { userId: number },
): Promise<{ email: string; name: string; phone: string } | null> {
  return await row<{ email: string; name: string; phone: string }>(
    db,
    `select email, name, phone from users where id = :userId`,
    { userId },
  );
}
