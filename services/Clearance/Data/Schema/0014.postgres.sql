-- It told only how the sheet stood at the moment; bypasses have a table of their own.
drop index seat_passed_over;
alter table seat drop column passed_over;
