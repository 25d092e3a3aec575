-- Lists that were written to files.

CREATE TABLE list_exports (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    list TEXT NOT NULL,
    format TEXT NOT NULL,
    -- NULL until it is written.
    written_rows BIGINT,
    size_bytes BIGINT,
    -- The file is there until then; NULL before it is written and after it was removed.
    expires_us BIGINT,
    reason TEXT,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX list_exports_by_org ON list_exports (org_id, created_us);
CREATE INDEX list_exports_by_end ON list_exports (expires_us) WHERE expires_us IS NOT NULL;
