import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Money that somebody gave back by hand at the provider belongs to no pieces. Where a later refund of pieces would give
    -- more than is left of the payment, that money counts as given for them: how much of which imported refund.
    create table order_refund_imports (
      order_refund_id bigint not null references order_refunds,
      refund_id bigint not null references refunds,
      amount bigint not null check (amount > 0),
      primary key (order_refund_id, refund_id)
    );
    create index order_refund_imports_refund on order_refund_imports (refund_id);

    -- How the money of a refund stands: what was promised for it and not refused, what of that has arrived, what had been
    -- given by hand before. What lacks to its amount has failed, or came back from the bank.
    create view order_refund_money as
      select r.id as order_refund_id, r.order_id, r.amount, m.promised, m.arrived, m.given_before,
             case when r.given_up_at is null and r.paid_elsewhere_at is null
                  then r.amount - m.promised - m.given_before else 0 end as missing
        from order_refunds r
       cross join lateral (
         select coalesce((select sum(f.amount) from order_refund_tries t join refunds f on f.id = t.refund_id
                           where t.order_refund_id = r.id and f.state <> 'failed'), 0)::bigint as promised,
                coalesce((select sum(f.amount) from order_refund_tries t join refunds f on f.id = t.refund_id
                           where t.order_refund_id = r.id and f.state = 'succeeded'), 0)::bigint as arrived,
                coalesce((select sum(i.amount) from order_refund_imports i join refunds f on f.id = i.refund_id
                           where i.order_refund_id = r.id and f.state <> 'failed'), 0)::bigint as given_before) m;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop view order_refund_money;
    drop table order_refund_imports;
  `);
}
