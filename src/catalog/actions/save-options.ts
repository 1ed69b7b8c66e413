import { change, type Tx } from '../../platform/db.js';
import type { OptionDraft } from '../product-draft.js';

/**
 * Makes a product's options and their values what the draft says; returns how many rows that changed. Names in
 * languages that the draft does not speak stay. Removing a value takes it from inactive variants too.
 */
export async function saveOptions(
  tx: Tx,
  { productId, options }: { productId: number; options: readonly OptionDraft[] },
): Promise<number> {
  const wanted = JSON.stringify(options.map(({ code, name }, position) => ({ code, name, position })));
  const wantedValues = JSON.stringify(
    options.flatMap(option =>
      option.values.map(({ code, label }, position) => ({ option: option.code, code, label, position })),
    ),
  );
  const saved = await change(
    tx,
    `insert into options (product_id, code, name, position)
     select :productId, d.code, d.name, d.position
       from jsonb_to_recordset(cast(:wanted as jsonb)) as d (code text, name jsonb, position int)
     on conflict (product_id, code) do update
        set name = options.name || excluded.name, position = excluded.position
      where (options.name, options.position) is distinct from (options.name || excluded.name, excluded.position)`,
    { productId, wanted },
  );
  const savedValues = await change(
    tx,
    `insert into option_values (option_id, code, label, position)
     select o.id, d.code, d.label, d.position
       from jsonb_to_recordset(cast(:wantedValues as jsonb)) as d (option text, code text, label jsonb, position int)
       join options o on o.product_id = :productId and o.code = d.option
     on conflict (option_id, code) do update
        set label = option_values.label || excluded.label, position = excluded.position
      where (option_values.label, option_values.position)
            is distinct from (option_values.label || excluded.label, excluded.position)`,
    { productId, wantedValues },
  );
  const removed = await change(
    tx,
    `delete from options where product_id = :productId and code <> all(:codes)`,
    {
      productId,
      codes: options.map(({ code }) => code),
    },
  );
  const removedValues = await change(
    tx,
    `delete from option_values v using options o
      where o.id = v.option_id and o.product_id = :productId
        and not exists (select from jsonb_to_recordset(cast(:wantedValues as jsonb)) as d (option text, code text)
                         where d.option = o.code and d.code = v.code)`,
    { productId, wantedValues },
  );
  return saved + savedValues + removed + removedValues;
}
