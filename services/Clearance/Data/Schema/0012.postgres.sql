-- Two people are four names apart: neither of whoever proposed it and whoever they acted for is one of those who adopt it.
alter table policy_proposal drop constraint adopted_by_a_second_person;
alter table policy_proposal add constraint adopted_by_a_second_person check (adopted_by is null or not (
  array[adopted_by::jsonb ->> 'person', adopted_by::jsonb ->> 'actingFor'] && array[proposed_by::jsonb ->> 'person', proposed_by::jsonb ->> 'actingFor']));
