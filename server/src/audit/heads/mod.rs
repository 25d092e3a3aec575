//! Signed heads that are made by themselves, each hour in which something happened, and kept. Whoever
//! notes one outside of the platform can prove later what the trail was up to it.

mod store;

use super::proof::{PublicKey, SigningKey, head_text, signed_head};
use crate::{
    cloud::Cloud,
    error::Result,
    page::{self, After, SortKind, SortValue},
    view::View,
};
use api::{AuditHead, AuditHeads, ListAuditHeads};
use domain::{OrgId, Timestamp};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3_600);
/// Organizations whose heads are signed in one go; the others' follow in the next.
const AT_ONCE: i64 = 500;
/// What the cursor belongs to.
const LIST: &str = "audit-heads";

/// `list-audit-heads`
pub async fn list(view: &View, input: ListAuditHeads) -> Result<AuditHeads> {
    let limit = page::limit(input.limit)?.unwrap_or(api::PAGE_DEFAULT);
    let before = match page::decode(input.cursor.as_deref(), LIST, SortKind::Int)? {
        Some(After { value: SortValue::Int(sequence), .. }) => sequence,
        _ => i64::MAX,
    };
    let mut heads = store::list(view.cloud.db.reader(), view.org()?, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    if heads.len() > wanted {
        heads.truncate(wanted);
        if let Some(last) = heads.last() {
            let after = After { value: SortValue::Int(last.sequence), id: String::new() };
            view.next_page(page::encode(LIST, &after));
        }
    }
    Ok(AuditHeads { audit_heads: heads })
}

/// Signs the ends of trails that have grown, an hour after the last time.
pub async fn sign(cloud: &Cloud) -> Result<()> {
    let now = cloud.now();
    let due = store::due(cloud.db.reader(), now.minus(EVERY), AT_ONCE).await?;
    if due.is_empty() {
        return Ok(());
    }
    let key = SigningKey::of(&cloud.sealer);
    let mut housekeeping = cloud.housekeeping().await?;
    // After the ends were read: a file that is made later holds them, or was cut.
    let at = cloud.now();
    for (org, end) in due {
        store::insert(housekeeping.db(), &signed_head(&key, org, end, at)).await?;
    }
    housekeeping.commit().await
}

/// Whether the trail of an organization still says what its kept heads say.
pub async fn check(cloud: &Cloud, org: OrgId) -> Result<(), String> {
    let pool = cloud.db.reader();
    let failed = |error: crate::error::Error| error.to_string();
    let broken = |sequence: i64, at: Timestamp, what: &str| {
        Err(format!("the head of {org} that was signed at {at}, of event {sequence}, {what}"))
    };
    if let Some((sequence, at)) = store::disagreeing(pool, org).await.map_err(failed)? {
        return broken(sequence, at, "says that it was another event");
    }
    let mut before = i64::MAX;
    loop {
        let heads = store::list(pool, org, before, api::PAGE_MAX).await.map_err(failed)?;
        if let Some(head) = heads.iter().find(|head| !is_signed(head)) {
            return broken(head.sequence, head.at, "is not what was signed");
        }
        match heads.last() {
            Some(last) => before = last.sequence,
            None => return Ok(()),
        }
    }
}

fn is_signed(head: &AuditHead) -> bool {
    PublicKey::read(&head.public_key)
        .is_some_and(|key| key.has_signed(&head_text(head), &head.signature))
}
