-- Roles that people make: labels, and which roles are the platform's own.
ALTER TABLE roles ADD COLUMN labels TEXT NOT NULL DEFAULT '{}';
ALTER TABLE roles ADD COLUMN of_platform BIGINT NOT NULL DEFAULT 0;
-- Until now nobody could make any.
UPDATE roles SET of_platform = 1;
-- An owner may hand out everything.
UPDATE roles SET permissions = '["bypass-governance-retention","reset-iam-organization-policy"]' WHERE name = 'Owner';
