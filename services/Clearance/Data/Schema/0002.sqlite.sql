create table policy (
  digest text primary key not null,
  yaml text not null,
  canonical blob not null
);

create table policy_proposal (
  digest text primary key not null references policy (digest),
  version integer not null,
  ledger_head blob,
  name text not null,
  title text not null,
  rules integer not null,
  status text not null,
  proposed_by text not null,
  proposed_at integer not null,
  adopted_by text,
  adopted_at integer,
  -- Two people: the rule says so, and should the rule fail, this does.
  constraint adopted_by_a_second_person check (adopted_by is null or json_extract(adopted_by, '$.person') <> json_extract(proposed_by, '$.person'))
);
create index policy_proposal_name on policy_proposal (name);

-- One row. Without a digest the preset that comes with the program is in force.
create table policy_in_force (
  id integer primary key not null check (id = 1),
  version integer not null,
  digest text references policy (digest),
  since integer
);
insert into policy_in_force (id, version) values (1, 0);

-- A dry run goes through all of history by this.
create index clearance_request_opened on clearance_request (opened_at, id);
