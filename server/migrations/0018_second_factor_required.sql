-- Whether everybody in the organization must sign in in two steps.
ALTER TABLE organizations ADD COLUMN second_factor_required BIGINT NOT NULL DEFAULT 0;
