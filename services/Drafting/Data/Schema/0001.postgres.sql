create table draft (
  id uuid primary key,
  version int not null,
  ledger_head bytea,
  mission text not null,
  state text not null,
  account text not null,
  revision int not null,
  contributors text not null,
  package_digest text,
  asked boolean not null,
  reason text,
  updated_at timestamptz not null
);
create index draft_mission on draft (mission);

-- Revisions and packages are written once; a rule that would change one is stopped here.
create function never_changed() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % is never changed', tg_table_name using errcode = 'check_violation';
end $$;

create table revision (
  draft_id uuid not null,
  number int not null,
  mission text not null,
  account text not null,
  text text not null,
  language text not null,
  lane text not null,
  local text,
  zone text,
  utc_offset text,
  not_before timestamptz,
  not_after timestamptz,
  person text not null,
  office text not null,
  acting_for text,
  at timestamptz not null,
  salt text not null,
  text_digest text not null,
  primary key (draft_id, number)
);
create trigger revision_never_changed before update on revision for each row execute function never_changed();

create table package (
  digest text primary key,
  draft_id uuid not null,
  mission text not null,
  bytes bytea not null,
  at timestamptz not null
);
create trigger package_never_changed before update on package for each row execute function never_changed();

create table standing (
  package_digest text primary key,
  draft_id uuid not null,
  mission text not null,
  revision int not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  request_id uuid,
  request_version int not null,
  request_status text not null,
  reason_code text,
  undo_until timestamptz,
  release_id uuid,
  release_version int not null,
  release_status text,
  receipt text,
  updated_at timestamptz not null
);

create table happening (
  id uuid primary key,
  draft_id uuid not null,
  mission text not null,
  revision int not null,
  standing text not null,
  reason_code text,
  at timestamptz not null
);
create index happening_mission on happening (mission, at desc);

create table mission (
  code text primary key,
  version int not null
);

create table account (
  id text primary key,
  version int not null,
  mission text not null,
  network text not null,
  live boolean not null
);
