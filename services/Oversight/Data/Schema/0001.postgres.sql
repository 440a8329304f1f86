create table ledger_entry (
  seq bigint generated always as identity primary key,
  aggregate text not null,
  aggregate_id text not null,
  version int not null,
  type text not null,
  body bytea not null,
  hash bytea not null,
  previous bytea,
  draft_id uuid,
  mission text,
  at timestamptz not null,
  received_at timestamptz not null,
  unique (aggregate, aggregate_id, version)
);
create index ledger_entry_draft on ledger_entry (draft_id) where draft_id is not null;

-- History is appended to and never changed. Whoever owns the table can take the trigger away; then the chain tells.
create function ledger_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'ledger_entry is append-only' using errcode = 'restrict_violation';
end $$;
create trigger ledger_entry_kept before update or delete on ledger_entry for each row execute function ledger_entry_is_append_only();
create trigger ledger_entry_not_emptied before truncate on ledger_entry for each statement execute function ledger_entry_is_append_only();
-- Also for sessions that replay a replica's changes.
alter table ledger_entry enable always trigger ledger_entry_kept;
alter table ledger_entry enable always trigger ledger_entry_not_emptied;

-- Where the service runs under a role of its own, that role cannot even try.
do $$
begin
  if exists (select from pg_roles where rolname = 'oversight_app') then
    revoke all on ledger_entry from oversight_app;
    grant select, insert on ledger_entry to oversight_app;
  end if;
end $$;

create table missing_entry (
  aggregate text not null,
  aggregate_id text not null,
  version int not null,
  mission text,
  since timestamptz not null,
  alert_id uuid,
  primary key (aggregate, aggregate_id, version)
);

create table alert (
  id uuid primary key,
  kind text not null,
  subject text not null,
  reason text not null,
  at timestamptz not null,
  mission text,
  message_id uuid,
  evidence bytea,
  cleared_at timestamptz,
  unique (message_id, kind)
);
create index alert_at on alert (at, id);

create table mission (
  code text primary key,
  version int not null,
  name text not null,
  at timestamptz not null
);

create table notice (
  id uuid primary key,
  mission text not null,
  handle text,
  text text not null,
  language text not null,
  released_at timestamptz not null,
  digest text not null,
  unique (mission, handle)
);
create index notice_released on notice (mission, released_at, id);
