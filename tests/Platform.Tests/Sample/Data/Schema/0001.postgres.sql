create table note (
  id uuid primary key,
  version int not null,
  ledger_head bytea,
  mission text not null,
  status text not null,
  revision int not null,
  authors text not null,
  updated_at timestamptz not null
);

create table heard (
  id bigint generated always as identity primary key,
  draft_id uuid not null,
  version int not null,
  revision int not null,
  trace text
);
