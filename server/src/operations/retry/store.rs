//! The rows behind trying again.

use super::Ended;
use crate::{
    db::{Columns, Connection},
    error::Result,
};
use domain::{OperationId, OrgId};

pub async fn get(db: &mut Connection, org: OrgId, id: OperationId) -> Result<Option<Ended>> {
    let row = sqlx::query(
        "SELECT id, kind, state, subject_kind, subject_id, lock_id, data FROM operations \
         WHERE org_id = $1 AND id = $2",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Ended {
            id: row.parsed("id")?,
            kind: row.text("kind")?,
            state: row.parsed("state")?,
            subject_kind: row.text("subject_kind")?,
            subject: row.text("subject_id")?,
            lock: row.text("lock_id")?,
            data: row.json("data")?,
        })
    })
    .transpose()
}

/// A later operation of the same kind on the same thing with the same plan.
pub async fn asked_since(
    db: &mut Connection,
    org: OrgId,
    ended: &Ended,
) -> Result<Option<OperationId>> {
    let row = sqlx::query(
        "SELECT later.id FROM operations later JOIN operations o ON o.id = $2 \
         WHERE later.org_id = $1 AND later.kind = o.kind AND later.lock_id = o.lock_id \
         AND later.data = o.data AND (later.created_us, later.id) > (o.created_us, o.id) \
         AND (later.subject_id = o.subject_id OR o.subject_kind = 'template') \
         ORDER BY later.created_us DESC, later.id DESC LIMIT 1",
    )
    .bind(org.to_string())
    .bind(ended.id.to_string())
    .fetch_optional(db)
    .await?;
    row.map(|row| row.parsed("id")).transpose()
}
