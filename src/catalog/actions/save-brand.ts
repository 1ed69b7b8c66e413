import type { Tx } from '../../platform/db.js';

/** Makes the brand of this code bear this name (the same in all languages) and returns its id. */
export async function saveBrand(tx: Tx, { code, name }: { code: string; name: string }): Promise<number> {
  const [saved] = await tx('brands')
    .insert({ code, name })
    .onConflict('code')
    .merge()
    .returning<{ id: number }[]>('id');
  return saved!.id;
}

/** The brand of this code under whatever name it has; a new one of this name when there is none. Returns its id. */
export async function ensureBrand(tx: Tx, { code, name }: { code: string; name: string }): Promise<number> {
  const known = await tx('brands').where({ code }).first<{ id: number } | undefined>('id');
  return known ? known.id : await saveBrand(tx, { code, name });
}
