-- The offices' time, what came of a release before clearance, and when either is due.
alter table clearance_request add column clocks text not null default '[]';
alter table clearance_request alter column clocks drop default;
alter table clearance_request add column recorded text not null default '[]';
alter table clearance_request alter column recorded drop default;
alter table clearance_request add column review text;
alter table clearance_request add column review_by timestamptz;
alter table clearance_request add column review_alert_at timestamptz;
create index clearance_request_review on clearance_request (review_by) where review_by is not null;
create index clearance_request_review_alert on clearance_request (review_alert_at) where review_alert_at is not null;

alter table seat add column asked_at timestamptz;
alter table seat add column due_at timestamptz;
alter table seat add column awaited boolean not null default false;
alter table seat add column passed_over boolean not null default false;
create index seat_due on seat (due_at) where awaited;
create index seat_passed_over on seat (office, request_id) where passed_over;

-- The first person of an office who opened a text since the office's turn began.
create table notice (
  request_id uuid not null,
  office text not null,
  person text not null,
  acting_for text,
  at timestamptz not null,
  primary key (request_id, office)
);

-- When somebody of an office was seen last, and which offices are cut off.
create table office_presence (
  office text primary key,
  seen_at timestamptz not null
);

create table office_reach (
  office text primary key,
  version int not null,
  ledger_head bytea,
  cause text,
  by text,
  since timestamptz not null
);
