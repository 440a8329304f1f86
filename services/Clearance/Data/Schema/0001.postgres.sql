create table clearance_request (
  id uuid primary key,
  version int not null,
  ledger_head bytea,
  draft_id uuid not null,
  package_digest text not null unique,
  mission text not null,
  account text not null,
  network text not null,
  lane text not null,
  language text not null,
  excerpt text not null,
  characters int not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  local text,
  zone text,
  contributors text not null,
  opened_at timestamptz not null,
  status text not null,
  decisions text not null,
  due_at timestamptz,
  permit_id uuid unique
);
create index clearance_request_queue on clearance_request (not_before, id) where status = 'InClearance';
create index clearance_request_due on clearance_request (due_at) where due_at is not null;
create index clearance_request_draft on clearance_request (draft_id);

create table package (
  digest text primary key,
  bytes bytea not null
);

-- Nobody clears what they wrote: the rule says so, and should the rule fail, this does.
create function no_contributor_decides() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from jsonb_array_elements(new.decisions::jsonb) d
    join jsonb_array_elements_text(new.contributors::jsonb) c(person) on c.person in (d -> 'by' ->> 'person', d -> 'by' ->> 'actingFor')
    where not (d ->> 'undone')::boolean
  ) then
    raise exception 'a contributor decided on request %', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger no_contributor_decides before insert or update on clearance_request for each row execute function no_contributor_decides();
