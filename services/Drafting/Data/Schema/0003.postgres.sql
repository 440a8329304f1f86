-- What an officer of clearance changed is a revision of its own; who asked for a package back is asked for again when it becomes another.
alter table draft add column asked_by text;
alter table revision add column amends text;
alter table revision add column cites text not null default '[]';
