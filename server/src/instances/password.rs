//! Passwords of instances whose template has one: sealed in the database, revealed on demand.

use super::{load, plan::Plan, start_work, subject, template_of};
use crate::{
    act::Act,
    error::{Error, Result},
    random,
    view::View,
};
use api::{InstancePassword, Nothing, Operation};
use domain::{InstanceId, instance::Verb};

/// What a sealed password is bound to.
pub fn seal_scope(id: InstanceId) -> String {
    format!("instance-password {id}")
}

/// `reset-instance-password`
pub async fn reset_password(act: &mut Act, _: Nothing) -> Result<Operation> {
    let row = subject(act, "id", Verb::ResetPassword).await?;
    if !template_of(act.db(), &row).await?.password_enabled {
        return Err(Error::Conflict(
            "The template of this instance has no password: it is entered with an SSH key.".into(),
        ));
    }
    let sealed = act.cloud.sealer.seal(&seal_scope(row.id), random::password().as_bytes());
    let plan = Plan::Password { sealed };
    start_work(act, &row, row.state, "run", &plan).await
}

/// `reveal-instance-password`
pub async fn reveal_password(view: &View, _: Nothing) -> Result<InstancePassword> {
    let row = load(view, view.param("id")?).await?;
    let sealed = row.password_sealed.ok_or_else(|| {
        Error::NotFound(
            "The template of this instance has no password: it is entered with an SSH key.".into(),
        )
    })?;
    view.shows_secret();
    let bytes = view.cloud.sealer.unseal(&seal_scope(row.id), &sealed)?;
    Ok(InstancePassword { password: String::from_utf8(bytes).map_err(Error::internal)? })
}
