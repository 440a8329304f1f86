create table release (
  id uuid primary key,
  version int not null,
  ledger_head bytea,
  permit_id uuid not null unique,
  draft_id uuid not null,
  package_digest text not null unique,
  mission text not null,
  account text not null,
  network text not null,
  status text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  envelope text not null,
  attempts text not null,
  receipt text,
  reason text,
  due_at timestamptz
);
-- The schedule: what is to be done next, and when.
create index release_due on release (due_at) where due_at is not null;
create index release_mission on release (mission, not_before, id);
create index release_draft on release (draft_id);
-- One post is one release's: two can never claim the same one when an account is read back.
create unique index release_receipt on release (account, receipt) where receipt is not null;

create table permit_refusal (
  id uuid primary key,
  version int not null,
  ledger_head bytea,
  reason text not null,
  envelope_digest text not null,
  permit_id uuid,
  mission text,
  at timestamptz not null
);

create table package (
  digest text primary key,
  bytes bytea,
  withdrawal_heard_at timestamptz
);
