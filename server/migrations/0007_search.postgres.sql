-- Instances by the beginning of their name or address, letter by letter, whatever is big or small;
-- both tables by the beginning of an id; and whether a person wants single keys to do something.
CREATE INDEX instances_by_id ON instances (org_id, deleted_us, id);
CREATE INDEX operations_by_id ON operations (org_id, id);
CREATE INDEX instances_by_letters ON instances (org_id, deleted_us, (LOWER(name) COLLATE "C"), id);
CREATE INDEX instances_by_ipv4 ON instances (org_id, deleted_us, ipv4 COLLATE "C");
CREATE INDEX instances_by_ipv6 ON instances (org_id, deleted_us, ipv6 COLLATE "C");
ALTER TABLE preferences ADD COLUMN single_keys BIGINT NOT NULL DEFAULT 1;
