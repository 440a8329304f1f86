-- Of which text and of which turn a notice is. One from before this proves nothing.
alter table notice add column package_digest text not null default '';
alter table notice alter column package_digest drop default;
alter table notice add column turn_at timestamptz not null default 'epoch';
alter table notice alter column turn_at drop default;
