-- The offices' time, what came of a release before clearance, and when either is due.
alter table clearance_request add column clocks text not null default '[]';
alter table clearance_request add column recorded text not null default '[]';
alter table clearance_request add column review text;
alter table clearance_request add column review_by integer;
alter table clearance_request add column review_alert_at integer;
create index clearance_request_review on clearance_request (review_by) where review_by is not null;
create index clearance_request_review_alert on clearance_request (review_alert_at) where review_alert_at is not null;

alter table seat add column asked_at integer;
alter table seat add column due_at integer;
alter table seat add column awaited integer not null default 0;
alter table seat add column passed_over integer not null default 0;
create index seat_due on seat (due_at) where awaited;
create index seat_passed_over on seat (office, request_id) where passed_over;

-- The first person of an office who opened a text since the office's turn began.
create table notice (
  request_id text not null,
  office text not null,
  person text not null,
  acting_for text,
  at integer not null,
  primary key (request_id, office)
);

-- When somebody of an office was seen last, and which offices are cut off.
create table office_presence (
  office text primary key not null,
  seen_at integer not null
);

create table office_reach (
  office text primary key not null,
  version integer not null,
  ledger_head blob,
  cause text,
  by text,
  since integer not null
);
