import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- An image's id is taken from its bytes, so an address never shows another picture.
    create table images (
      id text primary key check (id ~ '^[0-9a-f]{20}$'),
      original bytea not null,
      format text not null,
      width integer not null check (width > 0),
      height integer not null check (height > 0),
      created_at timestamptz not null default now(),
      ready_at timestamptz
    );
    create table image_renditions (
      image_id text not null references images on delete cascade,
      width integer not null,
      format text not null check (format in ('avif', 'webp')),
      body bytea not null,
      primary key (image_id, width, format)
    );
    alter table image_renditions alter column body set storage external;
    alter table images alter column original set storage external;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`drop table image_renditions, images`);
}
