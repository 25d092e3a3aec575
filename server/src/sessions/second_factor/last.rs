//! The last second step of somebody, of whatever kind: it stays while one is demanded of them.

use crate::{
    act::Act,
    db::Connection,
    error::{Error, Result},
    sessions::people::store::demanding,
};
use domain::{UserId, assurance::SecondSteps};

/// Names of the organizations that refuse to have somebody left with these. Each of theirs counts, not
/// only the one that they are in now: in the others they would be shut out.
pub async fn stays_for(
    db: &mut Connection,
    user: UserId,
    left: SecondSteps,
) -> Result<Vec<String>> {
    let demanding = demanding(db, user).await?;
    Ok(if left.may_be_left(!demanding.is_empty()) { Vec::new() } else { demanding })
}

/// Refuses an act that would leave its person with these. Whoever asks holds the person, so that two
/// steps are not taken away at once, each because of the other.
pub async fn must_be_left(act: &mut Act, user: UserId, left: SecondSteps) -> Result<()> {
    let stays_for = stays_for(act.db(), user, left).await?;
    if stays_for.is_empty() {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "This is your last second step, and {} demands one. First set up another, an authenticator app or \
         a passkey, or ask an admin there to stop demanding it for a while.",
        stays_for.join(", ")
    )))
}
