-- What the policy asked for when the round began. Rounds from before there were policies were the central unit's.
alter table clearance_request add column route text not null default '{"policyVersion":"central-unit@1","policyDigest":"","required":[{"office":"CENTRAL","stage":1,"quorum":1,"silenceCounts":false,"clockMinutes":null,"rules":[]}],"informed":[],"amendable":[],"immediateAllowed":false,"bypass":[],"because":[]}';
alter table clearance_request alter column route drop default;

-- Which office a request is before, and whether it is its turn.
create table seat (
  request_id uuid not null,
  office text not null,
  state text not null,
  not_before timestamptz not null,
  primary key (request_id, office)
);
insert into seat (request_id, office, state, not_before)
select id, 'CENTRAL', case when status = 'InClearance' then 'Asked' else 'Done' end, not_before from clearance_request;
create index seat_queue on seat (office, not_before, request_id) where state = 'Asked';
drop index clearance_request_queue;
