-- What was allowed and used: when last, and how often. A row for each role, person or key, and operation;
-- kept longer than the calls themselves.
CREATE TABLE iam_uses (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    role_id TEXT NOT NULL,
    -- user:ID or key:KEY
    principal TEXT NOT NULL,
    operation TEXT NOT NULL,
    first_us BIGINT NOT NULL,
    last_us BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    PRIMARY KEY (org_id, role_id, principal, operation)
);
CREATE INDEX uses_by_principal ON iam_uses (org_id, principal);
