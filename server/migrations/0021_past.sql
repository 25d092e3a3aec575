-- What things were like, in versions of their rows: from_us on, and before until_us. A transaction that
-- is not over yet has written 9223372036854775807 where the beginning will be, and -1 where the end will
-- be; that number as an end says that the version stands. Who wrote them is in server/src/past/ddl.rs.

CREATE TABLE resource_versions (
    -- The table, and what is unique in it within an organization; no organization: everybody's.
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    from_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    -- The requests that made and ended it; none: the platform by itself.
    made_by TEXT NOT NULL DEFAULT '',
    ended_by TEXT NOT NULL DEFAULT '',
    -- JSON: the columns that are recorded.
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id, org_id, from_us)
);
CREATE INDEX versions_by_org ON resource_versions (org_id, kind, until_us);
CREATE INDEX versions_by_beginning ON resource_versions (from_us);
CREATE INDEX versions_by_end ON resource_versions (until_us);

-- Since when the rows of a table are recorded, and by which triggers.
CREATE TABLE recorded_tables (
    name TEXT PRIMARY KEY,
    since_us BIGINT NOT NULL,
    triggers TEXT NOT NULL
);

-- For how long an organization's past is kept, in days.
ALTER TABLE organizations ADD COLUMN history_days BIGINT NOT NULL DEFAULT 30;
CREATE INDEX audit_by_request ON audit_events (org_id, request_id);
