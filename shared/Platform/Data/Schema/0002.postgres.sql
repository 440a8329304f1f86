-- What a person's facts have told so far, also of one who has no identity any more.
create table known_person (
  person text primary key,
  version int not null
);
insert into known_person (person, version) select person, max(version) from identity group by person;
alter table identity drop column version;

-- For forgetting what is too old to come again.
create index inbox_at on inbox (at);
