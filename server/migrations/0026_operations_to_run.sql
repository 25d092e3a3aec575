-- What waits to be worked on is found among itself: operations that have ended, which are nearly all, were in
-- this index too, and every change of an instance wrote into it.
DROP INDEX operations_to_run;
CREATE INDEX operations_to_run ON operations (run_us) WHERE state = 'pending';
