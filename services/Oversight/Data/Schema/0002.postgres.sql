-- What goes with a notice.
alter table notice add column media text not null default '[]';
alter table notice add column links text not null default '[]';

-- Pictures of a board's notices: here only once a notice shows them, and committed with it.
create table notice_media (
  mission text not null,
  digest text not null,
  type text not null,
  bytes bytea not null,
  primary key (mission, digest)
);
