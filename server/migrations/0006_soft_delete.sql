-- Deleted instances that are kept for a while: until when, and for how long an organization wants it.

ALTER TABLE organizations ADD COLUMN instance_recovery_hours BIGINT NOT NULL DEFAULT 24;
-- Set while it is kept, and while it is being deleted for good after that; not counted in quotas.
ALTER TABLE instances ADD COLUMN recover_until_us BIGINT;
CREATE INDEX instances_kept ON instances (recover_until_us) WHERE recover_until_us IS NOT NULL AND deleted_us IS NULL;
