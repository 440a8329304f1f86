-- What an officer made of a text, the packages that a request had before, and what its votes rest on.
alter table clearance_request add column amendment text;
alter table clearance_request add column earlier_digests text not null default '[]';
alter table clearance_request add column lapses text not null default '[]';
alter table clearance_request add column cites text not null default '[]';
create index clearance_request_account on clearance_request (account, not_after);

create table citation (
  request_id uuid not null,
  cite text not null,
  primary key (cite, request_id)
);

-- Lines and figures of which something was heard, and up to which version.
create table ground (
  cite text primary key,
  version int not null
);

-- Whoever changes a text has decided on the one before: what counts is that nobody clears the bytes that they had a hand in.
create or replace function no_contributor_decides() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from jsonb_array_elements(new.decisions::jsonb) d
    join jsonb_array_elements_text(new.contributors::jsonb) c(person) on c.person in (d -> 'by' ->> 'person', d -> 'by' ->> 'actingFor')
    where not (d ->> 'undone')::boolean and d ->> 'packageDigest' = new.package_digest
  ) then
    raise exception 'a contributor decided on request %', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
