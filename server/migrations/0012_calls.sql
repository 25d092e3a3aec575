-- Calls that changed nothing: reads, dry runs, and what failed in the platform. They are in no chain,
-- and kept for as long as the organization says, in days; 0: not at all.
ALTER TABLE organizations ADD COLUMN api_call_days BIGINT NOT NULL DEFAULT 30;

CREATE TABLE api_calls (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    id TEXT NOT NULL,
    operation TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    status BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (org_id, at_us, id)
);
CREATE INDEX calls_by_subject ON api_calls (org_id, subject_id, at_us, id);
CREATE INDEX calls_by_operation ON api_calls (org_id, operation, at_us, id);
CREATE INDEX calls_by_actor ON api_calls (org_id, actor, at_us, id);
CREATE INDEX calls_refused ON api_calls (org_id, at_us, id) WHERE status >= 400;

-- The trail is read from the newest on, whatever is asked of it.
DROP INDEX audit_by_time;
DROP INDEX audit_by_subject;
CREATE INDEX audit_by_time ON audit_events (org_id, at_us, sequence);
CREATE INDEX audit_by_subject ON audit_events (org_id, subject_id, at_us, sequence);
CREATE INDEX audit_by_operation ON audit_events (org_id, operation, at_us, sequence);
CREATE INDEX audit_by_actor ON audit_events (org_id, actor, at_us, sequence);
CREATE INDEX audit_refused ON audit_events (org_id, at_us, sequence) WHERE status >= 400;
