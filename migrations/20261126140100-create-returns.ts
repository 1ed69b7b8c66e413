import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- Pictures that only some may see: one size, encoded anew, under a name that nobody can guess.
    create table private_images (
      id text primary key check (length(id) >= 22),
      body bytea not null,
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      created_at timestamptz not null default now()
    );

    create table returns (
      id bigint generated always as identity primary key,
      order_id bigint not null references orders,
      -- Counted within its order.
      number integer not null check (number > 0),
      kind text not null check (kind in ('withdrawal', 'return')),
      state text not null check (state in ('requested', 'accepted', 'refused', 'received', 'closed')),
      -- Not asked for where the law asks for none.
      reason text check (reason in ('damaged', 'wrong_item', 'not_as_described', 'other')),
      note text not null default '',
      refusal text not null default '',
      -- Drawn with the form: the same form sent twice is one return.
      token text not null check (token <> ''),
      order_refund_id bigint unique references order_refunds,
      created_at timestamptz not null default now(),
      decided_at timestamptz,
      received_at timestamptz,
      closed_at timestamptz,
      unique (order_id, number),
      unique (order_id, token),
      check ((kind = 'return') = (reason is not null)),
      check (kind = 'return' or state not in ('requested', 'refused')),
      check ((state = 'refused') = (refusal <> '')),
      check ((state = 'requested') = (decided_at is null) or state = 'closed'),
      check ((state = 'received') = (received_at is not null)),
      check ((state = 'closed') = (closed_at is not null)),
      check (order_refund_id is null or state = 'received')
    );
    create index returns_open on returns (created_at, id) where state in ('requested', 'accepted');

    create table return_lines (
      return_id bigint not null references returns,
      order_line_id bigint not null references order_lines,
      quantity integer not null check (quantity > 0),
      primary key (return_id, order_line_id)
    );
    create index return_lines_line on return_lines (order_line_id);

    create table return_images (
      return_id bigint not null references returns,
      position integer not null check (position between 1 and 4),
      image_id text not null unique references private_images,
      primary key (return_id, position)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table return_images, return_lines, returns, private_images`);
}
