import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Staff hear of a variant once whenever what is available falls to this or below it.
    alter table stock add column low_threshold integer not null default 3 check (low_threshold >= 0);

    -- The ledger tells of what is held, too: each row says by how much both counts changed and what they were after it.
    alter table stock_movements add column reserved_delta integer not null default 0;
    alter table stock_movements add column on_hand_after integer;
    alter table stock_movements add column reserved_after integer;
    -- Why what was counted differs from what was written.
    alter table stock_movements add column reason text
      check (reason in ('count', 'damaged', 'lost', 'found', 'sample', 'other'));
    alter table stock_movements drop constraint stock_movements_delta_check, drop constraint stock_movements_kind_check;

    -- What was held and given back before this day was written as reservations only: the ledger is written anew, in the
    -- order in which things happened.
    create temporary table retold on commit drop as
      select variant_id, delta, kind, order_id, actor, cause, created_at, 0 as reserved_delta,
             case kind when 'sale' then 4 else 1 end as rank, id
        from stock_movements
      union all
      select variant_id, 0, 'reserve', order_id, 'buyer', 'checkout', created_at, quantity, 2, id from stock_reservations
      union all
      select variant_id, 0, 'release', order_id, 'sweep', 'order ended', coalesce(closed_at, created_at), -quantity, 3, id
        from stock_reservations where state = 'released';
    update retold set reserved_delta = delta where kind = 'sale';
    delete from stock_movements;
    insert into stock_movements (variant_id, delta, reserved_delta, kind, order_id, actor, cause, reason, created_at, on_hand_after, reserved_after)
      select variant_id, delta, reserved_delta, kind, order_id, actor, cause, case kind when 'correction' then 'count' end, created_at,
             sum(delta) over told, sum(reserved_delta) over told
        from retold
      window told as (partition by variant_id order by created_at, rank, id)
       order by created_at, rank, id;

    alter table stock_movements alter column on_hand_after set not null, alter column reserved_after set not null;
    alter table stock_movements add constraint stock_movements_kind_check check (
      case kind
        when 'receipt' then delta > 0 and reserved_delta = 0
        when 'reserve' then delta = 0 and reserved_delta > 0
        when 'release' then delta = 0 and reserved_delta < 0
        when 'sale' then delta < 0 and reserved_delta = delta
        when 'restock' then delta > 0 and reserved_delta = 0
        when 'correction' then delta <> 0 and reserved_delta = 0
        else false
      end);
    alter table stock_movements add constraint stock_movements_reason_where_due check ((kind = 'correction') = (reason is not null));
    -- A variant's ledger, newest first, page by page.
    drop index stock_movements_variant;
    create index stock_movements_variant on stock_movements (variant_id, id);
    create index stock_movements_order on stock_movements (order_id) where order_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index stock_movements_order;
    drop index stock_movements_variant;
    create index stock_movements_variant on stock_movements (variant_id);
    alter table stock_movements drop constraint stock_movements_reason_where_due, drop constraint stock_movements_kind_check;
    delete from stock_movements where kind in ('reserve', 'release');
    alter table stock_movements drop column reason, drop column reserved_after, drop column on_hand_after, drop column reserved_delta;
    alter table stock_movements add constraint stock_movements_delta_check check (delta <> 0);
    alter table stock_movements add constraint stock_movements_kind_check
      check (kind in ('receipt', 'sale', 'restock', 'correction'));
    alter table stock drop column low_threshold;
  `);
}
