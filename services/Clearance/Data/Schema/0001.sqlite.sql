create table clearance_request (
  id text primary key not null,
  version integer not null,
  ledger_head blob,
  draft_id text not null,
  package_digest text not null unique,
  mission text not null,
  account text not null,
  network text not null,
  lane text not null,
  language text not null,
  excerpt text not null,
  characters integer not null,
  not_before integer not null,
  not_after integer not null,
  local text,
  zone text,
  contributors text not null,
  opened_at integer not null,
  status text not null,
  decisions text not null,
  due_at integer,
  permit_id text unique
);
create index clearance_request_queue on clearance_request (not_before, id) where status = 'InClearance';
create index clearance_request_due on clearance_request (due_at) where due_at is not null;
create index clearance_request_draft on clearance_request (draft_id);

create table package (
  digest text primary key not null,
  bytes blob not null
);

-- Nobody clears what they wrote: the rule says so, and should the rule fail, this does.
create trigger no_contributor_decides_insert before insert on clearance_request
when exists (
  select 1 from json_each(new.decisions) d join json_each(new.contributors) c
    on c.value in (json_extract(d.value, '$.by.person'), json_extract(d.value, '$.by.actingFor'))
  where not json_extract(d.value, '$.undone'))
begin
  select raise(abort, 'a contributor decided');
end;
create trigger no_contributor_decides_update before update on clearance_request
when exists (
  select 1 from json_each(new.decisions) d join json_each(new.contributors) c
    on c.value in (json_extract(d.value, '$.by.person'), json_extract(d.value, '$.by.actingFor'))
  where not json_extract(d.value, '$.undone'))
begin
  select raise(abort, 'a contributor decided');
end;
