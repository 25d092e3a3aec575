//! Which tables are recorded, and what of their rows is not.

/// A table whose rows are kept in versions.
#[derive(Debug)]
pub struct Recorded {
    pub name: &'static str,
    /// The column that tells its rows apart within an organization.
    pub id: &'static str,
    /// The column that says whose a row is; none for what belongs to people and not to organizations.
    pub org: Option<&'static str>,
    /// Columns that are not recorded: secrets, and what moves by itself all the time.
    pub left_out: &'static [&'static str],
}

impl Recorded {
    const fn of_org(name: &'static str, id: &'static str) -> Recorded {
        Recorded { name, id, org: Some("org_id"), left_out: &[] }
    }

    const fn without(self, left_out: &'static [&'static str]) -> Recorded {
        Recorded { left_out, ..self }
    }

    const fn by(self, org: Option<&'static str>) -> Recorded {
        Recorded { org, ..self }
    }
}

/// Every table that an answer about the past is read from, but `usage_intervals`, which say themselves
/// from when to when they were.
pub const RECORDED: [Recorded; 21] = [
    Recorded::of_org("instances", "id").without(&["password_sealed"]),
    Recorded::of_org("snapshots", "id"),
    Recorded::of_org("templates", "id"),
    Recorded::of_org("ssh_keys", "name"),
    Recorded::of_org("security_groups", "id"),
    Recorded::of_org("quotas", "resource"),
    Recorded::of_org("organizations", "id")
        .by(Some("id"))
        .without(&["audit_sequence", "audit_hash"]),
    Recorded::of_org("roles", "id"),
    Recorded::of_org("memberships", "id"),
    Recorded::of_org("invitations", "id").without(&["token_hash"]),
    Recorded::of_org("users", "id").by(None).without(&["password_hash"]),
    Recorded::of_org("second_factors", "user_id").by(None).without(&["secret_sealed", "last_step"]),
    Recorded::of_org("passkeys", "id").by(None).without(&[
        "credential_id",
        "credential",
        "last_used_us",
    ]),
    Recorded::of_org("identities", "user_id"),
    Recorded::of_org("identity_providers", "id").without(&["sealed"]),
    Recorded::of_org("identity_domains", "domain"),
    Recorded::of_org("api_keys", "key").without(&["secret_sealed", "last_used_us"]),
    Recorded::of_org("access_tokens", "id").without(&["token_hash", "last_used_us"]),
    Recorded::of_org("access_requests", "id"),
    Recorded::of_org("webhooks", "id").without(&[
        "sealed",
        "sealed_before",
        "sequence",
        "attempts",
        "failing_since_us",
        "next_us",
        "claimed_until_us",
    ]),
    Recorded::of_org("saved_views", "id"),
];

/// A column of a table, as the database describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub is_text: bool,
    pub nullable: bool,
    /// SQL.
    pub default: Option<String>,
}

/// A table and its columns.
#[derive(Clone, Debug)]
pub struct Table {
    pub recorded: &'static Recorded,
    pub columns: Vec<Column>,
}

impl Table {
    /// Whether a column is part of a version's body.
    pub fn keeps(&self, column: &Column) -> bool {
        let name = column.name.as_str();
        name != self.recorded.id
            && Some(name) != self.recorded.org
            && !self.recorded.left_out.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        clock::SystemClock,
        db::{Connections, Db},
    };
    use std::sync::Arc;

    /// A column of a migration that is yet to come is recorded by itself: it must not be a secret.
    #[tokio::test]
    async fn no_secret_is_recorded() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("couloir.db").display());
        let db = Db::open(&url, Connections::default(), Arc::new(SystemClock)).await?;
        let mut kept = 0;
        for table in db.recorded() {
            for column in table.columns.iter().filter(|column| table.keeps(column)) {
                let secret = ["sealed", "hash", "secret", "token", "password_"];
                let is_secret = secret.iter().any(|word| column.name.contains(word));
                let says_whether = column.name.ends_with("_enabled") || column.name == "by_token";
                assert!(!is_secret || says_whether, "{}.{}", table.recorded.name, column.name);
                kept += 1;
            }
            for left in table.recorded.left_out {
                assert!(table.columns.iter().any(|c| c.name == *left), "{left}");
            }
        }
        assert!(kept > 100, "{kept}");
        Ok(())
    }
}
