create table note (
  id text primary key not null,
  version integer not null,
  ledger_head blob,
  mission text not null,
  status text not null,
  revision integer not null,
  authors text not null,
  updated_at integer not null
);

create table heard (
  id integer primary key autoincrement,
  draft_id text not null,
  version integer not null,
  revision integer not null,
  trace text
);
