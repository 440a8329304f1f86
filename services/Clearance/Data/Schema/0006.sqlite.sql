alter table clearance_request add column revocation text;
