-- Every time that an office was passed over, out of the requests so far: these keep all that was ever decided.
create table bypass (
  decision_id text primary key not null,
  request_id text not null,
  mission text not null,
  office text not null,
  by text not null,
  role text not null,
  reason text not null,
  at integer not null,
  undone integer not null
);
create index bypass_latest on bypass (at, decision_id);
insert into bypass (decision_id, request_id, mission, office, by, role, reason, at, undone)
select
  upper(d.value ->> 'id'), r.id, r.mission, coalesce(d.value ->> 'passedOver', ''), d.value -> 'by', d.value ->> 'role', coalesce(d.value ->> 'comment', ''),
  cast(round((julianday(d.value ->> 'at') - 2440587.5) * 86400000.0) as integer), d.value ->> 'undone'
from clearance_request r, json_each(r.decisions) d
where d.value ->> 'kind' = 'Bypassed';
