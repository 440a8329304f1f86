create table mission (
  code text primary key,
  version int not null,
  name text not null,
  kind text not null,
  city text not null,
  country text not null,
  region text not null,
  time_zone text not null,
  languages text not null,
  ledger_head bytea
);

create table account (
  id text primary key,
  version int not null,
  mission text not null,
  network text not null,
  handle text not null,
  live boolean not null,
  ledger_head bytea
);
create index account_mission on account (mission);

create table person (
  staff_number text primary key,
  version int not null,
  name text not null,
  identities text not null,
  ledger_head bytea
);

create table appointment_record (
  id uuid primary key,
  version int not null,
  person text not null,
  office text not null,
  role text not null,
  "from" timestamptz not null,
  "to" timestamptz,
  ledger_head bytea
);
create index appointment_record_person on appointment_record (person);
