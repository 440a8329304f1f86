create table outbox (
  id bigint generated always as identity primary key,
  message_id uuid not null unique,
  aggregate text not null,
  aggregate_id text not null,
  version int not null,
  type text not null,
  body bytea not null,
  hash bytea not null,
  trace_parent text,
  created_at timestamptz not null,
  sent_at timestamptz,
  attempts int not null,
  next_try_at timestamptz,
  last_error text,
  parked_at timestamptz,
  unique (aggregate, aggregate_id, version)
);
create index outbox_unsent on outbox (id) where sent_at is null and parked_at is null;
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02);

create table inbox (
  consumer text not null,
  message_id uuid not null,
  at timestamptz not null,
  primary key (consumer, message_id)
);

create table idempotency (
  person text not null,
  route text not null,
  key text not null,
  fingerprint bytea not null,
  status int not null,
  body text,
  etag text,
  location text,
  at timestamptz not null,
  primary key (person, route, key)
);
create index idempotency_at on idempotency (at);

create table dead_letter (
  id bigint generated always as identity primary key,
  message_id uuid not null,
  queue text not null,
  type text not null,
  body bytea not null,
  reason text not null,
  at timestamptz not null,
  replay boolean not null
);

create table appointment (
  id uuid primary key,
  version int not null,
  person text not null,
  office text not null,
  role text not null,
  "from" timestamptz not null,
  "to" timestamptz
);
create index appointment_person on appointment (person);

create table identity (
  issuer text not null,
  subject text not null,
  person text not null,
  version int not null,
  primary key (issuer, subject)
);
create index identity_person on identity (person);
