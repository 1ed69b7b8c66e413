import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table shipments (
      id bigint generated always as identity primary key,
      order_id bigint not null references orders,
      state text not null default 'preparing' check (state in ('preparing', 'shipped', 'delivered')),
      carrier text check (carrier in ('cj', 'hanjin', 'lotte', 'korea_post', 'dhl', 'fedex', 'ups', 'uzpost', 'other')),
      -- Without blanks and hyphens, in capitals: what /track compares with.
      tracking_number text check (tracking_number ~ '^[A-Z0-9]{4,40}$'),
      -- Comes with the form that made the parcel: the same form twice is the same parcel.
      form_token text not null unique,
      created_at timestamptz not null default now(),
      shipped_at timestamptz,
      delivered_at timestamptz,
      check ((state = 'preparing') = (shipped_at is null)),
      check ((state = 'delivered') = (delivered_at is not null)),
      check (state = 'preparing' or carrier is not null),
      check (state = 'preparing' or carrier = 'other' or tracking_number is not null)
    );
    create index shipments_order on shipments (order_id);
    create index shipments_tracking on shipments (tracking_number) where tracking_number is not null;

    create table shipment_lines (
      shipment_id bigint not null references shipments on delete cascade,
      order_line_id bigint not null references order_lines,
      quantity integer not null check (quantity > 0),
      primary key (shipment_id, order_line_id)
    );
    create index shipment_lines_line on shipment_lines (order_line_id);

    -- When the last parcel left and when the last one arrived.
    alter table orders add column shipped_at timestamptz;
    alter table orders add column delivered_at timestamptz;

    -- Of the refunded pieces, those that never left: they must not be shipped any more. The others came back or are on
    -- their way, and say nothing about what still waits in the warehouse.
    alter table order_lines add column canceled_quantity integer not null default 0 check (canceled_quantity >= 0);
    alter table order_lines add constraint order_lines_shipped_or_canceled
      check (shipped_quantity + canceled_quantity <= quantity);
    alter table order_lines add constraint order_lines_canceled_refunded check (canceled_quantity <= refunded_quantity);
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table order_lines drop constraint order_lines_canceled_refunded, drop constraint order_lines_shipped_or_canceled,
      drop column canceled_quantity;
    alter table orders drop column delivered_at, drop column shipped_at;
    drop table shipment_lines, shipments;
  `);
}
