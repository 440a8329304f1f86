create table release (
  id text primary key not null,
  version integer not null,
  ledger_head blob,
  permit_id text not null unique,
  draft_id text not null,
  package_digest text not null unique,
  mission text not null,
  account text not null,
  network text not null,
  status text not null,
  not_before integer not null,
  not_after integer not null,
  envelope text not null,
  attempts text not null,
  receipt text,
  reason text,
  due_at integer
);
-- The schedule: what is to be done next, and when.
create index release_due on release (due_at) where due_at is not null;
create index release_mission on release (mission, not_before, id);
create index release_draft on release (draft_id);
-- One post is one release's: two can never claim the same one when an account is read back.
create unique index release_receipt on release (account, receipt) where receipt is not null;

create table permit_refusal (
  id text primary key not null,
  version integer not null,
  ledger_head blob,
  reason text not null,
  envelope_digest text not null,
  permit_id text,
  mission text,
  at integer not null
);

create table package (
  digest text primary key not null,
  bytes blob,
  withdrawal_heard_at integer
);
