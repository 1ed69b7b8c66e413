import { rows, type Db } from '../../platform/db.js';

/** Names of the members of staff among these actors. */
export async function listActorNames(
  db: Db,
  { actors }: { actors: readonly string[] },
): Promise<Map<string, string>> {
  const ids = actors.flatMap(actor => {
    const id = /^staff:(\d{1,15})$/.exec(actor)?.[1];
    return id === undefined ? [] : [Number(id)];
  });
  const found = await rows<{ id: number; name: string }>(
    db,
    `select id, name from users where id = any(:ids)`,
    {
      ids,
    },
  );
  return new Map(found.map(({ id, name }) => [`staff:${id}`, name]));
}
