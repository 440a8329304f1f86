-- What an officer made of a text, the packages that a request had before, and what its votes rest on.
alter table clearance_request add column amendment text;
alter table clearance_request add column earlier_digests text not null default '[]';
alter table clearance_request add column lapses text not null default '[]';
alter table clearance_request add column cites text not null default '[]';
create index clearance_request_account on clearance_request (account, not_after);

create table citation (
  request_id text not null,
  cite text not null,
  primary key (cite, request_id)
);

-- Lines and figures of which something was heard, and up to which version.
create table ground (
  cite text primary key not null,
  version integer not null
);

-- Whoever changes a text has decided on the one before: what counts is that nobody clears the bytes that they had a hand in.
drop trigger no_contributor_decides_insert;
drop trigger no_contributor_decides_update;
create trigger no_contributor_decides_insert before insert on clearance_request
when exists (
  select 1 from json_each(new.decisions) d join json_each(new.contributors) c
    on c.value in (json_extract(d.value, '$.by.person'), json_extract(d.value, '$.by.actingFor'))
  where not json_extract(d.value, '$.undone') and json_extract(d.value, '$.packageDigest') = new.package_digest)
begin
  select raise(abort, 'a contributor decided');
end;
create trigger no_contributor_decides_update before update on clearance_request
when exists (
  select 1 from json_each(new.decisions) d join json_each(new.contributors) c
    on c.value in (json_extract(d.value, '$.by.person'), json_extract(d.value, '$.by.actingFor'))
  where not json_extract(d.value, '$.undone') and json_extract(d.value, '$.packageDigest') = new.package_digest)
begin
  select raise(abort, 'a contributor decided');
end;
