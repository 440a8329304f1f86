create table outbox (
  id integer primary key autoincrement,
  message_id text not null unique,
  aggregate text not null,
  aggregate_id text not null,
  version integer not null,
  type text not null,
  body blob not null,
  hash blob not null,
  trace_parent text,
  created_at integer not null,
  sent_at integer,
  attempts integer not null,
  next_try_at integer,
  last_error text,
  parked_at integer,
  unique (aggregate, aggregate_id, version)
);
create index outbox_unsent on outbox (id) where sent_at is null and parked_at is null;

create table inbox (
  consumer text not null,
  message_id text not null,
  at integer not null,
  primary key (consumer, message_id)
) without rowid;

create table idempotency (
  person text not null,
  route text not null,
  key text not null,
  fingerprint blob not null,
  status integer not null,
  body text,
  etag text,
  location text,
  at integer not null,
  primary key (person, route, key)
) without rowid;
create index idempotency_at on idempotency (at);

create table dead_letter (
  id integer primary key autoincrement,
  message_id text not null,
  queue text not null,
  type text not null,
  body blob not null,
  reason text not null,
  at integer not null,
  replay integer not null
);

create table appointment (
  id text primary key not null,
  version integer not null,
  person text not null,
  office text not null,
  role text not null,
  "from" integer not null,
  "to" integer
);
create index appointment_person on appointment (person);

create table identity (
  issuer text not null,
  subject text not null,
  person text not null,
  version integer not null,
  primary key (issuer, subject)
) without rowid;
create index identity_person on identity (person);
