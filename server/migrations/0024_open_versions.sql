-- A thing has one version that stands. Its end is written by who, what and where alone: without this index
-- SQLite looks through every version of the organization that stands, for each change of one thing.
CREATE UNIQUE INDEX versions_open ON resource_versions (kind, id, org_id)
    WHERE until_us = 9223372036854775807;
