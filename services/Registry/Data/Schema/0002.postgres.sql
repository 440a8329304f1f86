create table office (
  code text primary key,
  version int not null,
  name text not null,
  kind text not null,
  parent text,
  zone text not null,
  hours text not null,
  rest_days text not null,
  holidays text not null,
  covers text not null,
  ledger_head bytea
);

alter table account add column flagship boolean not null default false;

create table delegation (
  id uuid primary key,
  version int not null,
  absent text not null,
  deputy text not null,
  office text not null,
  role text not null,
  "from" timestamptz not null,
  "to" timestamptz not null,
  kind text not null,
  ledger_head bytea
);
create index delegation_to on delegation ("to");

create table duty (
  id uuid primary key,
  version int not null,
  office text not null,
  person text not null,
  "from" timestamptz not null,
  "to" timestamptz not null,
  ledger_head bytea
);
create index duty_to on duty ("to");
