create table ledger_entry (
  seq integer primary key autoincrement,
  aggregate text not null,
  aggregate_id text not null,
  version integer not null,
  type text not null,
  body blob not null,
  hash blob not null,
  previous blob,
  draft_id text,
  mission text,
  at integer not null,
  received_at integer not null,
  unique (aggregate, aggregate_id, version)
);
create index ledger_entry_draft on ledger_entry (draft_id) where draft_id is not null;

-- History is appended to and never changed. Whoever owns the file can take the triggers away; then the chain tells.
create trigger ledger_entry_not_updated before update on ledger_entry begin
  select raise(abort, 'ledger_entry is append-only');
end;
create trigger ledger_entry_not_deleted before delete on ledger_entry begin
  select raise(abort, 'ledger_entry is append-only');
end;

create table missing_entry (
  aggregate text not null,
  aggregate_id text not null,
  version integer not null,
  mission text,
  since integer not null,
  alert_id text,
  primary key (aggregate, aggregate_id, version)
) without rowid;

create table alert (
  id text primary key not null,
  kind text not null,
  subject text not null,
  reason text not null,
  at integer not null,
  mission text,
  message_id text,
  evidence blob,
  cleared_at integer,
  unique (message_id, kind)
);
create index alert_at on alert (at, id);

create table mission (
  code text primary key not null,
  version integer not null,
  name text not null,
  at integer not null
);

create table notice (
  id text primary key not null,
  mission text not null,
  handle text,
  text text not null,
  language text not null,
  released_at integer not null,
  digest text not null,
  unique (mission, handle)
);
create index notice_released on notice (mission, released_at, id);
