-- Whether their provider, when they last came by it, said nothing of them that gives them a role: an owner who is
-- shut out like that is none on whom the organization can count.
ALTER TABLE identities ADD COLUMN shut_out BIGINT NOT NULL DEFAULT 0;
