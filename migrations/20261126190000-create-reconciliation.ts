import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    -- One comparison of our books with the providers', in steps that can be repeated: step and cursor say where it is.
    create table reconciliation_runs (
      id bigint generated always as identity primary key,
      from_at timestamptz not null,
      to_at timestamptz not null check (to_at > from_at),
      actor text not null,
      attempt integer not null default 1,
      step integer not null default 0,
      step_cursor bigint not null default 0,
      counts jsonb not null,
      started_at timestamptz not null,
      finished_at timestamptz
    );
    create unique index reconciliation_runs_one on reconciliation_runs ((true)) where finished_at is null;

    -- Which of our rows a run has found at the provider; gone when it ends.
    create table reconciliation_seen (
      run_id bigint not null references reconciliation_runs on delete cascade,
      kind text not null check (kind in ('payment', 'refund')),
      row_id bigint not null,
      primary key (run_id, kind, row_id)
    );

    -- Where the books differ. ours and theirs: state, amount, currency and ids as each side has them; null: does not know it.
    create table reconciliation_findings (
      id bigint generated always as identity primary key,
      run_id bigint not null references reconciliation_runs,
      kind text not null check (kind in ('charge_without_order', 'order_without_charge', 'different_amount', 'different_id',
        'refund_unknown', 'refund_missing', 'other_mode')),
      provider text not null check (provider in ('stripe', 'toss')),
      -- What the provider knows it by: its own id, or our reference there.
      provider_id text not null,
      payment_id bigint references payments,
      order_id bigint references orders,
      refund_id bigint references refunds,
      ours jsonb,
      theirs jsonb,
      state text not null default 'open' check (state in ('open', 'repaired', 'dismissed', 'gone')),
      found_at timestamptz not null,
      checked_at timestamptz not null,
      told_at timestamptz,
      -- A repair that was asked for and has not been answered, and how the last one ended.
      repair text,
      repair_asked_at timestamptz,
      repair_asked_by text,
      outcome text,
      repaired_at timestamptz,
      repaired_by text,
      note text,
      check ((repair is null) = (repair_asked_at is null)),
      check ((repair is null) = (repair_asked_by is null)),
      check ((state = 'repaired') = (repaired_at is not null)),
      check ((state = 'repaired') = (repaired_by is not null))
    );
    create unique index reconciliation_findings_open on reconciliation_findings (kind, provider, provider_id)
      where state = 'open';
    create index reconciliation_findings_state on reconciliation_findings (state, id desc);
    create index reconciliation_findings_payment on reconciliation_findings (payment_id) where payment_id is not null;
    create index reconciliation_findings_run on reconciliation_findings (run_id);
    create index reconciliation_findings_untold on reconciliation_findings (id) where told_at is null;

    create table reconciliation_events (
      id bigint generated always as identity primary key,
      finding_id bigint not null references reconciliation_findings,
      what text not null check (what in ('found', 'asked', 'tried', 'repaired', 'dismissed', 'gone')),
      actor text not null,
      data jsonb,
      created_at timestamptz not null
    );
    create index reconciliation_events_finding on reconciliation_events (finding_id, id);
    create trigger kept before update or delete on reconciliation_events for each row execute function refuse_change();
    create trigger kept_whole before truncate on reconciliation_events for each statement execute function refuse_change();

    -- What a run looks for in our own books.
    create index payments_captured_at on payments (provider, captured_at) where captured_at is not null;
    create index payments_held on payments (id) where state in ('refund_due', 'mismatch');
    create index refunds_settled_at on refunds (settled_at) where state = 'succeeded';
    create index refunds_open on refunds (id) where state in ('requested', 'pending');
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index refunds_open, refunds_settled_at, payments_held, payments_captured_at;
    drop table reconciliation_events, reconciliation_findings, reconciliation_seen, reconciliation_runs;
  `);
}
