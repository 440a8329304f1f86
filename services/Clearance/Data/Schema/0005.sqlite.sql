-- Own copies of the pictures that packages name.
create table media (
  digest text primary key not null,
  bytes blob not null
);
