create table office (
  code text primary key not null,
  version integer not null,
  name text not null,
  kind text not null,
  parent text,
  zone text not null,
  hours text not null,
  rest_days text not null,
  holidays text not null,
  covers text not null,
  ledger_head blob
);

alter table account add column flagship integer not null default 0;

create table delegation (
  id text primary key not null,
  version integer not null,
  absent text not null,
  deputy text not null,
  office text not null,
  role text not null,
  "from" integer not null,
  "to" integer not null,
  kind text not null,
  ledger_head blob
);
create index delegation_to on delegation ("to");

create table duty (
  id text primary key not null,
  version integer not null,
  office text not null,
  person text not null,
  "from" integer not null,
  "to" integer not null,
  ledger_head blob
);
create index duty_to on duty ("to");
