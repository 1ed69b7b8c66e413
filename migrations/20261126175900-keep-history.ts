import type { Knex } from 'knex';

/** Rows of these are added and never changed or removed. Orders and their lines change, but stay. */
const HISTORY = ['order_events', 'payment_events', 'stock_movements', 'receipts'];
const KEPT = ['orders', 'order_lines'];

export async function up(db: Knex): Promise<void> {
  // The one place where a trigger is right: it acts nowhere, it refuses, whoever asks and by whatever way.
  await db.raw(`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% of % refused: it is kept', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
    end $$;
  `);
  for (const table of HISTORY)
    await db.raw(
      `create trigger kept before update or delete on ?? for each row execute function refuse_change()`,
      [table],
    );
  for (const table of KEPT)
    await db.raw(`create trigger kept before delete on ?? for each row execute function refuse_change()`, [
      table,
    ]);
  for (const table of [...HISTORY, ...KEPT])
    await db.raw(
      `create trigger kept_whole before truncate on ?? for each statement execute function refuse_change()`,
      [table],
    );
}

export async function down(db: Knex): Promise<void> {
  for (const table of [...HISTORY, ...KEPT])
    await db.raw(`drop trigger kept on ??; drop trigger kept_whole on ??`, [table, table]);
  await db.raw(`drop function refuse_change()`);
}
