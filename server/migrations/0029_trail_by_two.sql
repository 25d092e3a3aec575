-- Who did what, what was refused to whom, and what failed: of somebody who calls all day, few calls
-- are what is looked for.
CREATE INDEX audit_by_actor_operation ON audit_events (org_id, actor, operation, at_us, sequence);
CREATE INDEX audit_refused_by_actor ON audit_events (org_id, actor, at_us, sequence) WHERE status >= 400;
CREATE INDEX audit_refused_by_operation ON audit_events (org_id, operation, at_us, sequence) WHERE status >= 400;
CREATE INDEX audit_failed ON audit_events (org_id, at_us, sequence) WHERE status >= 500;

CREATE INDEX calls_by_actor_operation ON api_calls (org_id, actor, operation, at_us, id);
CREATE INDEX calls_refused_by_actor ON api_calls (org_id, actor, at_us, id) WHERE status >= 400;
CREATE INDEX calls_refused_by_operation ON api_calls (org_id, operation, at_us, id) WHERE status >= 400;
CREATE INDEX calls_failed ON api_calls (org_id, at_us, id) WHERE status >= 500;
