create table policy (
  digest text primary key,
  yaml text not null,
  canonical bytea not null
);

create table policy_proposal (
  digest text primary key references policy (digest),
  version int not null,
  ledger_head bytea,
  name text not null,
  title text not null,
  rules int not null,
  status text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  adopted_by text,
  adopted_at timestamptz,
  -- Two people: the rule says so, and should the rule fail, this does.
  constraint adopted_by_a_second_person check (adopted_by is null or adopted_by::jsonb ->> 'person' <> proposed_by::jsonb ->> 'person')
);
create index policy_proposal_name on policy_proposal (name);

-- One row. Without a digest the preset that comes with the program is in force.
create table policy_in_force (
  id int primary key check (id = 1),
  version int not null,
  digest text references policy (digest),
  since timestamptz
);
insert into policy_in_force (id, version) values (1, 0);

-- A dry run goes through all of history by this.
create index clearance_request_opened on clearance_request (opened_at, id);
