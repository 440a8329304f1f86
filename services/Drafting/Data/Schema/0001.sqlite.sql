create table draft (
  id text primary key not null,
  version integer not null,
  ledger_head blob,
  mission text not null,
  state text not null,
  account text not null,
  revision integer not null,
  contributors text not null,
  package_digest text,
  asked integer not null,
  reason text,
  updated_at integer not null
);
create index draft_mission on draft (mission);

create table revision (
  draft_id text not null,
  number integer not null,
  mission text not null,
  account text not null,
  text text not null,
  language text not null,
  lane text not null,
  local text,
  zone text,
  utc_offset text,
  not_before integer,
  not_after integer,
  person text not null,
  office text not null,
  acting_for text,
  at integer not null,
  salt text not null,
  text_digest text not null,
  primary key (draft_id, number)
);
-- Revisions and packages are written once; a rule that would change one is stopped here.
create trigger revision_never_changed before update on revision begin select raise(abort, 'a row of revision is never changed'); end;

create table package (
  digest text primary key not null,
  draft_id text not null,
  mission text not null,
  bytes blob not null,
  at integer not null
);
create trigger package_never_changed before update on package begin select raise(abort, 'a row of package is never changed'); end;

create table standing (
  package_digest text primary key not null,
  draft_id text not null,
  mission text not null,
  revision integer not null,
  not_before integer not null,
  not_after integer not null,
  request_id text,
  request_version integer not null,
  request_status text not null,
  reason_code text,
  undo_until integer,
  release_id text,
  release_version integer not null,
  release_status text,
  receipt text,
  updated_at integer not null
);

create table happening (
  id text primary key not null,
  draft_id text not null,
  mission text not null,
  revision integer not null,
  standing text not null,
  reason_code text,
  at integer not null
);
create index happening_mission on happening (mission, at desc);

create table mission (
  code text primary key not null,
  version integer not null
);

create table account (
  id text primary key not null,
  version integer not null,
  mission text not null,
  network text not null,
  live integer not null
);
