create table mission (
  code text primary key not null,
  version integer not null,
  name text not null,
  kind text not null,
  city text not null,
  country text not null,
  region text not null,
  time_zone text not null,
  languages text not null,
  ledger_head blob
);

create table account (
  id text primary key not null,
  version integer not null,
  mission text not null,
  network text not null,
  handle text not null,
  live integer not null,
  ledger_head blob
);
create index account_mission on account (mission);

create table person (
  staff_number text primary key not null,
  version integer not null,
  name text not null,
  identities text not null,
  ledger_head blob
);

create table appointment_record (
  id text primary key not null,
  version integer not null,
  person text not null,
  office text not null,
  role text not null,
  "from" integer not null,
  "to" integer,
  ledger_head blob
);
create index appointment_record_person on appointment_record (person);
