import { row, type Db } from '../../platform/db.js';

/** Where a user's orders go unless they say otherwise. */
export interface DefaultAddress {
  name: string;
  country: string;
  region: string;
  city: string;
  postalCode: string;
  address1: string;
  address2: string;
}

export async function findDefaultAddress(
  db: Db,
  { userId }: { userId: number },
): Promise<DefaultAddress | null> {
  return await row<DefaultAddress>(
    db,
    `select name, country, region, city, postal_code as "postalCode", address1, address2
       from addresses where user_id = :userId and is_default`,
    { userId },
  );
}
