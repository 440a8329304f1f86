-- What goes with a text: what it is for, its pictures and its links.
alter table revision add column brief text;
alter table revision add column media text not null default '[]';
alter table revision add column links text not null default '[]';

-- Pictures, each kept once. They are released as they lie here.
create table media (
  digest text primary key not null,
  type text not null,
  size integer not null,
  width integer not null,
  height integer not null,
  bytes blob not null
);
create trigger media_never_changed before update on media begin select raise(abort, 'a row of media is never changed'); end;

-- Who brought a picture, and for which mission: no other mission has it.
create table media_supply (
  mission text not null,
  digest text not null references media (digest),
  person text not null,
  at integer not null,
  primary key (mission, digest, person)
);
