-- Of which text and of which turn a notice is. One from before this proves nothing.
alter table notice add column package_digest text not null default '';
alter table notice add column turn_at integer not null default 0;
