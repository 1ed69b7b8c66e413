import type { Localized } from '../../lib/locale.js';
import { change, type Tx } from '../../platform/db.js';

/** Something that can be said about a product in one value of one kind; labels and units are translated once, here. */
export interface AttributeDefinition {
  code: string;
  label: Localized;
  kind: 'number' | 'text' | 'flag';
  /** Printed after a number; null for none. */
  unit: Localized | null;
  position: number;
}

/**
 * Makes the attribute of this code what the definition says.
 * @throws Error when it exists with another kind: products have values of that kind.
 */
export async function saveAttribute(
  tx: Tx,
  { code, label, kind, unit, position }: AttributeDefinition,
): Promise<void> {
  const saved = await change(
    tx,
    `insert into attributes as t (code, label, kind, unit, position)
     values (:code, cast(:label as jsonb), :kind, cast(:unit as jsonb), :position)
     on conflict (code) do update set label = excluded.label, unit = excluded.unit, position = excluded.position
      where t.kind = excluded.kind`,
    { code, label: JSON.stringify(label), kind, unit: unit && JSON.stringify(unit), position },
  );
  if (saved === 0) throw new Error(`attribute ${code} is of another kind`);
}
