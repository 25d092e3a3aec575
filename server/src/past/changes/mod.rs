//! `list-resource-changes`: what became of things between two instants.
//!
//! The versions say which things may differ; what differs is what the API would have answered at each
//! instant, read and decided about as any other read.

mod side;
mod store;

use super::{DAY, earliest, open_two};
use crate::{
    audit::record,
    error::{Error, Result},
    page::{self, After, SortKind, SortValue},
    view::View,
};
use api::{ListResourceChanges, ResourceChange, ResourceChanges};
use domain::{Timestamp, history::Became};
use side::Side;

/// What the cursor belongs to.
const LIST: &str = "resource-changes";
/// Things that are looked at for one answer: each is read twice.
const LIMIT_MAX: i64 = 200;

/// A kind of things, whose rows are in these tables. Which reads show it is in `side`.
pub struct Shown {
    pub name: &'static str,
    /// What becomes of an invitation is a member: of several, the first gives the name to all.
    pub tables: &'static [&'static str],
    pub read: Read,
}

/// How a thing of a kind is read.
pub enum Read {
    /// By an operation that takes its id.
    One(&'static str),
    /// Out of a list.
    Of(&'static str),
    /// There is only one: by these operations, whose fields are put together; the second's under a name.
    Only(&'static str, (&'static str, &'static str)),
}

/// Every kind, in the order of their tables.
pub const SHOWN: [Shown; 14] = [
    Shown {
        name: "access-request",
        tables: &["access_requests"],
        read: Read::One("get-access-request"),
    },
    Shown { name: "api-key", tables: &["api_keys"], read: Read::One("get-api-key") },
    Shown {
        name: "identity-provider",
        tables: &["identity_providers"],
        read: Read::One("get-identity-provider"),
    },
    Shown { name: "instance", tables: &["instances"], read: Read::One("get-instance") },
    Shown { name: "user", tables: &["memberships", "invitations"], read: Read::Of("list-users") },
    Shown {
        name: "organization",
        tables: &["organizations"],
        read: Read::Only("get-organization", ("policy", "get-iam-organization-policy")),
    },
    Shown { name: "quota", tables: &["quotas"], read: Read::One("get-quota") },
    Shown { name: "iam-role", tables: &["roles"], read: Read::One("get-iam-role") },
    Shown { name: "saved-view", tables: &["saved_views"], read: Read::One("get-saved-view") },
    Shown {
        name: "security-group",
        tables: &["security_groups"],
        read: Read::One("get-security-group"),
    },
    Shown { name: "snapshot", tables: &["snapshots"], read: Read::One("get-snapshot") },
    Shown { name: "ssh-key", tables: &["ssh_keys"], read: Read::One("get-ssh-key") },
    Shown { name: "template", tables: &["templates"], read: Read::One("get-template") },
    Shown { name: "webhook", tables: &["webhooks"], read: Read::One("get-webhook") },
];

/// `list-resource-changes`
pub async fn list(view: &View, input: ListResourceChanges) -> Result<ResourceChanges> {
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT).min(LIMIT_MAX);
    let after = page::decode(input.cursor.as_deref(), LIST, SortKind::Text)?;
    let kinds = asked(input.kind.as_deref())?;
    let now = view.cloud.now();
    let to = input.to.unwrap_or(now);
    let org = view.org()?;
    let from = match input.from {
        Some(from) => from,
        None => to.min(now).minus(DAY).max(earliest(&view.cloud, org).await?).min(to),
    };
    if from > to {
        return Err(Error::field("from", format!("is behind the other instant, {to}")));
    }
    let (before, after_it) = open_two(&view.cloud, org, ("from", from), ("to", to)).await?;
    let sides = (Side::of(view, &before), Side::of(view, &after_it));
    let found = compared(view, &kinds, (from, to), sides, after.as_ref(), limit).await;
    before.close().await;
    after_it.close().await;
    let (resource_changes, next) = found?;
    if let Some((table, id)) = next {
        view.next_page(page::encode(LIST, &After { value: SortValue::Text(table), id }));
    }
    Ok(ResourceChanges { from, to, resource_changes })
}

/// What differs of a page of things, and behind what the next one begins.
async fn compared(
    view: &View,
    kinds: &[&Shown],
    span: (Timestamp, Timestamp),
    (mut first, mut second): (Side, Side),
    after: Option<&After>,
    limit: i64,
) -> Result<(Vec<ResourceChange>, Option<(String, String)>)> {
    let candidates = store::candidates(view, kinds, span, after, limit).await?;
    let mut changes = Vec::new();
    for thing in &candidates.things {
        if let Some(shown) = kinds.iter().find(|shown| shown.tables[0] == thing.table) {
            let was = first.read(shown, &thing.id).await?;
            let is = second.read(shown, &thing.id).await?;
            changes.extend(difference(shown, &thing.id, was, is));
        }
    }
    if view.may("list-audit-trail", &[]).await? {
        store::add_events(view, &mut changes, span).await?;
    }
    Ok((changes, candidates.next))
}

fn asked(kind: Option<&str>) -> Result<Vec<&'static Shown>> {
    let found: Vec<_> = SHOWN.iter().filter(|s| kind.is_none_or(|kind| kind == s.name)).collect();
    if found.is_empty() {
        let names: Vec<_> = SHOWN.iter().map(|shown| shown.name).collect();
        return Err(Error::field("kind", format!("must be one of {}", names.join(", "))));
    }
    Ok(found)
}

/// Nothing for what is the same, and for what may not be seen.
fn difference(shown: &Shown, id: &str, was: side::Seen, is: side::Seen) -> Option<ResourceChange> {
    let (was, is) = (was.ok()?, is.ok()?);
    let became = Became::of(was.is_some(), is.is_some())?;
    let name = is.as_ref().or(was.as_ref()).and_then(|thing| {
        let name = ["name", "email", "operation"].iter().find_map(|field| thing[*field].as_str());
        name.map(str::to_owned)
    });
    let fields = match (was, is) {
        (Some(was), Some(is)) => record::changes(was, is),
        _ => Vec::new(),
    };
    let same = became == Became::Changed && fields.is_empty();
    (!same).then(|| ResourceChange {
        kind: shown.name.to_owned(),
        id: id.to_owned(),
        name,
        became,
        fields,
        events: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::past::tables::RECORDED;

    /// A kind whose past is kept is also compared, or is said here not to be.
    #[test]
    fn every_recorded_table_is_compared() {
        const NOT: [(&str, &str); 6] = [
            ("users", "belongs to people, who are in many organizations"),
            ("second_factors", "likewise"),
            ("passkeys", "likewise"),
            ("identity_domains", "are changed with their provider"),
            ("identities", "say what a provider calls people, and are no things"),
            ("access_tokens", "are only seen by whose they are"),
        ];
        for recorded in &RECORDED {
            let compared = SHOWN.iter().any(|shown| shown.tables.contains(&recorded.name));
            let said = NOT.iter().any(|(name, _)| *name == recorded.name);
            assert_ne!(compared, said, "{}", recorded.name);
        }
        let firsts: Vec<_> = SHOWN.iter().map(|shown| shown.tables[0]).collect();
        assert!(firsts.is_sorted(), "{firsts:?}");
    }

    #[test]
    fn what_shows_a_kind_is_known_of_the_past() {
        for shown in &SHOWN {
            let operations = match shown.read {
                Read::One(one) | Read::Of(one) => vec![one],
                Read::Only(first, (_, second)) => vec![first, second],
            };
            for operation in operations {
                assert!(api::is_known_of_the_past(operation), "{operation}");
            }
        }
    }
}
