-- Who an organization is of: customers, or the provider's own staff, of whom there is one.
ALTER TABLE organizations ADD COLUMN realm TEXT NOT NULL DEFAULT 'customer';
CREATE UNIQUE INDEX organizations_operator ON organizations (realm) WHERE realm = 'operator';
