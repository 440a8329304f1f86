alter table package add column revocation_id text;
alter table package add column revocation_reason text;
