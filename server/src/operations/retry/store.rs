//! The row behind trying again.

use crate::{
    db::{Columns, Connection},
    error::Result,
    operations::store::Found,
};
use domain::{OperationId, OrgId};

/// A later operation of the same kind on the same thing with the same plan.
pub async fn asked_since(
    db: &mut Connection,
    org: OrgId,
    ended: &Found,
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
