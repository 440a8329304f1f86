-- What the register holds, as Clearance last heard of it.
create table mission (
  code text primary key not null,
  version integer not null,
  kind text not null,
  region text not null,
  country text not null,
  time_zone text not null
);

create table account (
  id text primary key not null,
  version integer not null,
  mission text not null,
  network text not null,
  live integer not null,
  flagship integer not null
);

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
  covers text not null
);

create table delegation (
  id text primary key not null,
  version integer not null,
  absent text not null,
  deputy text not null,
  office text not null,
  role text not null,
  "from" integer not null,
  "to" integer not null,
  kind text not null
);
create index delegation_deputy on delegation (deputy, "to");
create index delegation_office on delegation (office, "to");

create table duty (
  id text primary key not null,
  version integer not null,
  office text not null,
  person text not null,
  "from" integer not null,
  "to" integer not null
);
create index duty_to on duty ("to");

create index appointment_office on appointment (office);
