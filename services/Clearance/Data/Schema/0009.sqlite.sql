-- Whom of its people an office gave it to.
alter table seat add column assigned text;
alter table seat add column assigned_by text;

-- What filters and the search of the queue ask, of requests that wait or can come back: these tables stay as small as the queue.
create table waiting (
  request_id text primary key,
  mission text not null,
  region text not null,
  lane text not null,
  language text not null,
  words text not null,
  claimed_by text,
  claimed_until integer
);
insert into waiting (request_id, mission, region, lane, language, words)
select r.id, r.mission, coalesce(m.region, ''), r.lane, r.language, lower(r.excerpt)
from clearance_request r left join mission m on m.code = r.mission
where r.status in ('InClearance', 'Cleared', 'ReturnDecided', 'RefusalDecided');

create table waiting_mark (
  request_id text not null,
  kind text not null,
  value text not null,
  primary key (request_id, kind, value)
);

-- Why texts were sent back, to be found again.
create table precedent (
  decision_id text primary key,
  request_id text not null,
  mission text not null,
  office text not null,
  reason text not null,
  language text not null,
  excerpt text not null,
  comment text not null,
  words text not null,
  decided_at integer not null
);
create index precedent_latest on precedent (decided_at, decision_id);

create table queue_view (
  id text primary key,
  person text not null,
  name text not null,
  filter text not null,
  unique (person, name)
);
