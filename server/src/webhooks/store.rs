//! Rows of webhooks.

use crate::{
    act::Act,
    call::Call,
    db::{Columns, Connection},
    error::{Error, Result},
    organization,
};
use api::{Webhook, WebhookFilter};
use domain::{OrgId, ProjectId, Timestamp, WebhookId, webhook::WebhookState};
use sqlx::{AssertSqlSafe, any::AnyRow};

pub const COLUMNS: &str = "id, org_id, project_id, name, url, filter, state, sealed, sealed_before, \
    before_until_us, sequence, attempts, failing_since_us, next_us, created_us, version";
pub struct Row {
    pub id: WebhookId,
    pub org: OrgId,
    pub project: ProjectId,
    pub name: String,
    pub url: String,
    pub filter: WebhookFilter,
    pub state: WebhookState,
    pub sealed: String,
    /// The secret of before, and until when it signs, too.
    pub sealed_before: Option<(String, Timestamp)>,
    pub sequence: i64,
    pub attempts: i64,
    pub failing_since: Option<Timestamp>,
    pub next: Timestamp,
    pub created: Timestamp,
    pub version: i64,
    /// What failed so far is forgotten with the next update.
    anew: bool,
}

impl Row {
    pub fn shown(&self, to: &Call) -> Webhook {
        let waits = self.state == WebhookState::Active && self.attempts > 0;
        let before = self.sealed_before.as_ref().map(|(_, until)| *until);
        Webhook {
            id: self.id,
            name: self.name.clone(),
            url: self.url.clone(),
            filter: self.filter.clone(),
            state: self.state,
            sequence: Some(self.sequence).filter(|_| !to.is_of_the_past()),
            attempts: Some(self.attempts).filter(|_| !to.is_of_the_past()),
            failing_since: self.failing_since,
            next_attempt_at: waits.then_some(self.next),
            previous_secret_until: before.filter(|until| *until > to.now()),
            created_at: self.created,
            version: self.version,
        }
    }

    /// There is a reason to hope.
    pub fn try_at_once(&mut self) {
        (self.attempts, self.failing_since, self.next) = (0, None, Timestamp(0));
        self.anew = true;
    }
}

pub fn to_row(row: &AnyRow) -> Result<Row> {
    Ok(Row {
        id: row.parsed("id")?,
        org: row.parsed("org_id")?,
        project: row.parsed("project_id")?,
        name: row.text("name")?,
        url: row.text("url")?,
        filter: row.json("filter")?,
        state: row.parsed("state")?,
        sealed: row.text("sealed")?,
        sealed_before: match row.maybe_time("before_until_us")? {
            // The past has no secrets.
            Some(until) => Some((row.maybe_text("sealed_before")?.unwrap_or_default(), until)),
            None => None,
        },
        sequence: row.int("sequence")?,
        attempts: row.int("attempts")?,
        failing_since: row.maybe_time("failing_since_us")?,
        next: row.time("next_us")?,
        created: row.time("created_us")?,
        version: row.int("version")?,
        anew: false,
    })
}

pub async fn list(db: &mut Connection, org: OrgId) -> Result<Vec<Row>> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE org_id = $1 ORDER BY LOWER(name), id");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).fetch_all(db).await?;
    rows.iter().map(to_row).collect()
}

pub async fn get(db: &mut Connection, org: OrgId, id: WebhookId) -> Result<Option<Row>> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE org_id = $1 AND id = $2");
    let query = sqlx::query(AssertSqlSafe(sql)).bind(org.to_string()).bind(id.to_string());
    query.fetch_optional(db).await?.as_ref().map(to_row).transpose()
}

/// Nobody adds to them until the act ends.
pub async fn count(act: &mut Act) -> Result<i64> {
    organization::store::hold(act).await?;
    let org = act.org()?;
    let row = sqlx::query("SELECT COUNT(*) AS n FROM webhooks WHERE org_id = $1")
        .bind(org.to_string())
        .fetch_one(act.db())
        .await?;
    row.int("n")
}

/// It begins behind what there is.
pub async fn insert(
    act: &mut Act,
    id: WebhookId,
    name: &str,
    url: &str,
    filter: &WebhookFilter,
    sealed: &str,
) -> Result<()> {
    let (org, project, now) = (act.org()?, act.project()?, act.now());
    sqlx::query(
        "INSERT INTO webhooks (id, org_id, project_id, name, url, filter, state, sealed, sequence, \
         created_us) SELECT $1, id, $2, $3, $4, $5, $6, $7, audit_sequence, $8 FROM organizations \
         WHERE id = $9",
    )
    .bind(id.to_string())
    .bind(project.to_string())
    .bind(name.to_owned())
    .bind(url.to_owned())
    .bind(serde_json::to_string(filter).map_err(Error::internal)?)
    .bind(WebhookState::Active.as_str())
    .bind(sealed.to_owned())
    .bind(now.0)
    .bind(org.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

/// Writes the row's version over the one before. How far it is, is not touched.
pub async fn update(act: &mut Act, row: &Row) -> Result<()> {
    let org = act.org()?;
    let anew = match row.anew {
        true => ", attempts = 0, failing_since_us = NULL, next_us = 0",
        false => "",
    };
    let sql = format!(
        "UPDATE webhooks SET name = $1, url = $2, filter = $3, state = $4, version = $5{anew} \
         WHERE org_id = $6 AND id = $7 AND version = $5 - 1"
    );
    let done = sqlx::query(AssertSqlSafe(sql))
        .bind(row.name.clone())
        .bind(row.url.clone())
        .bind(serde_json::to_string(&row.filter).map_err(Error::internal)?)
        .bind(row.state.as_str())
        .bind(row.version)
        .bind(org.to_string())
        .bind(row.id.to_string())
        .execute(act.db())
        .await?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    Err(Error::Conflict("The webhook was changed at the same time: try again.".into()))
}

pub async fn rotate(act: &mut Act, id: WebhookId, sealed: &str, until: Timestamp) -> Result<()> {
    let org = act.org()?;
    sqlx::query(
        "UPDATE webhooks SET sealed_before = sealed, before_until_us = $1, sealed = $2, \
         version = version + 1 WHERE org_id = $3 AND id = $4",
    )
    .bind(until.0)
    .bind(sealed.to_owned())
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(())
}

pub async fn delete(act: &mut Act, id: WebhookId) -> Result<()> {
    let org = act.org()?;
    for sql in [
        "DELETE FROM webhook_deliveries WHERE org_id = $1 AND webhook_id = $2",
        "DELETE FROM webhooks WHERE org_id = $1 AND id = $2",
    ] {
        sqlx::query(sql).bind(org.to_string()).bind(id.to_string()).execute(act.db()).await?;
    }
    Ok(())
}

/// Pauses a webhook that still takes nothing.
pub async fn stop(act: &mut Act, id: WebhookId) -> Result<bool> {
    let org = act.org()?;
    let done = sqlx::query(
        "UPDATE webhooks SET state = 'failed', version = version + 1 WHERE org_id = $1 AND id = $2 \
         AND state = 'active' AND failing_since_us IS NOT NULL",
    )
    .bind(org.to_string())
    .bind(id.to_string())
    .execute(act.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The addresses of the organization's owners.
pub async fn owners(act: &mut Act) -> Result<Vec<String>> {
    let org = act.org()?;
    let rows = sqlx::query(
        "SELECT COALESCE(u.address, u.email) AS email FROM memberships m JOIN users u ON u.id = m.user_id \
         JOIN roles r ON r.id = m.role_id WHERE m.org_id = $1 AND r.of_platform = 1 \
         AND r.name = 'Owner' ORDER BY 1",
    )
    .bind(org.to_string())
    .fetch_all(act.db())
    .await?;
    rows.iter().map(|row| row.text("email")).collect()
}
