//! What people change of an instance at any time, without work for its engine.

use super::{InstanceRow, store, subject};
use crate::{
    act::{Act, Subject},
    error::{Error, Result},
    operations,
};
use api::{Nothing, Operation, UpdateInstance};
use domain::{instance::Verb, labels, name, user_data};
use serde_json::{Value, json};

/// `update-instance`
pub async fn update(act: &mut Act, input: UpdateInstance) -> Result<Operation> {
    let mut row = subject(act, "id", Verb::Update).await?;
    let was = fields(&row);
    if let Some(new) = input.name {
        name::check(&new).map_err(|e| Error::field("name", e))?;
        row.name = new;
    }
    if let Some(new) = input.labels {
        labels::check(&new).map_err(|e| Error::field("labels", e))?;
        row.labels = new;
    }
    if let Some(new) = input.user_data {
        // An empty text empties it; what is left out, or null, stays.
        row.user_data = Some(new).filter(|new| !new.is_empty());
        if let Some(new) = &row.user_data {
            user_data::decode(new).map_err(|e| Error::field("user-data", e))?;
        }
    }
    if let Some(new) = input.public_ip_assignment.filter(|new| *new != row.public_ip_assignment) {
        return Err(Error::field(
            "public-ip-assignment",
            format!("is {}, and can't become {new}: make a new instance", row.public_ip_assignment),
        ));
    }
    if let Some(new) = input.application_consistent_snapshot_enabled {
        row.app_consistent = new;
    }
    save(act, was, &row).await
}

/// `reset-instance-field`
pub async fn reset_field(act: &mut Act, _: Nothing) -> Result<Operation> {
    let field = act.text_param("field").to_owned();
    if field != "labels" {
        return Err(Error::field("field", format!("is {field:?}; only labels can be reset")));
    }
    let mut row = subject(act, "id", Verb::Update).await?;
    let was = fields(&row);
    row.labels.clear();
    save(act, was, &row).await
}

/// `add-instance-protection`
pub async fn protect(act: &mut Act, _: Nothing) -> Result<Operation> {
    let mut row = subject(act, "id", Verb::Update).await?;
    let was = fields(&row);
    row.protected = true;
    save(act, was, &row).await
}

/// `remove-instance-protection`
pub async fn unprotect(act: &mut Act, _: Nothing) -> Result<Operation> {
    let mut row = subject(act, "id", Verb::Update).await?;
    let was = fields(&row);
    row.protected = false;
    save(act, was, &row).await
}

/// What can be changed here, as the API calls it.
fn fields(row: &InstanceRow) -> Value {
    json!({
        "name": row.name,
        "labels": row.labels,
        "user-data": row.user_data,
        "application-consistent-snapshot-enabled": row.app_consistent,
        "protected": row.protected,
    })
}

async fn save(act: &mut Act, was: Value, row: &InstanceRow) -> Result<Operation> {
    store::update(act, row).await?;
    act.changes(was, fields(row))?;
    act.about(Subject::new("instance", row.id, &row.name));
    act.new_version(row.version + 1);
    act.changed("instance", row.id, Some(row.state.as_str()));
    operations::done(act).await
}
