alter table package add column revocation_id uuid;
alter table package add column revocation_reason text;
