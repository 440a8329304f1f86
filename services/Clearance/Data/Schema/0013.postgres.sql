-- Every time that an office was passed over, out of the requests so far: these keep all that was ever decided.
create table bypass (
  decision_id uuid primary key,
  request_id uuid not null,
  mission text not null,
  office text not null,
  by text not null,
  role text not null,
  reason text not null,
  at timestamptz not null,
  undone boolean not null
);
create index bypass_latest on bypass (at, decision_id);
insert into bypass (decision_id, request_id, mission, office, by, role, reason, at, undone)
select (d ->> 'id')::uuid, r.id, r.mission, coalesce(d ->> 'passedOver', ''), d ->> 'by', d ->> 'role', coalesce(d ->> 'comment', ''), (d ->> 'at')::timestamptz, (d ->> 'undone')::boolean
from clearance_request r cross join lateral jsonb_array_elements(r.decisions::jsonb) d
where d ->> 'kind' = 'Bypassed';
