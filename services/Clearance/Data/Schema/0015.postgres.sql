-- What offices are only informed of is listed to them.
create index seat_informed on seat (request_id, office) where state = 'Informed';
