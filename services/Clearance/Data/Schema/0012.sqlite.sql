-- Two people are four names apart: neither of whoever proposed it and whoever they acted for is one of those who adopt it.
create trigger adopted_by_a_second_person before update on policy_proposal
when new.adopted_by is not null and (
  json_extract(new.adopted_by, '$.person') in (json_extract(new.proposed_by, '$.person'), json_extract(new.proposed_by, '$.actingFor'))
  or json_extract(new.adopted_by, '$.actingFor') in (json_extract(new.proposed_by, '$.person'), json_extract(new.proposed_by, '$.actingFor')))
begin
  select raise(abort, 'adopted by who proposed it');
end;
