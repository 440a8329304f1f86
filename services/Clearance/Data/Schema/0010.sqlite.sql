-- What a submission was found to have. Rounds from before findings have none.
alter table clearance_request add column findings text not null default '[]';
