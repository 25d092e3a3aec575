-- What a list and the overview add up to, read from indexes alone: with ten thousand instances the
-- rows themselves took longer than all the rest of a page.

DROP INDEX instances_totals;
CREATE INDEX instances_totals ON instances (org_id, deleted_us, recover_until_us, state);
DROP INDEX usage_by_org;
CREATE INDEX usage_open ON usage_intervals (org_id, resource_kind, resource_id, nano_per_hour) WHERE ended_us IS NULL;
