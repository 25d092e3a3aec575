//! People: their addresses, passwords, and the organizations that they belong to.

pub mod everywhere;
pub mod membership;
pub mod store;

use crate::{
    db::Connection,
    error::{Error, Result},
};
use domain::UserId;

/// Longest address (RFC 5321 section 4.5.3.1.3).
const EMAIL_BYTES_MAX: usize = 254;

/// An address as it is stored, or what is wrong with it.
pub fn check_email(email: &str) -> Result<String, &'static str> {
    let email = email.trim().to_lowercase();
    if email.len() > EMAIL_BYTES_MAX || email.parse::<lettre::Address>().is_err() {
        return Err("is no e-mail address, such as ann@acme.example");
    }
    Ok(email)
}

/// Refuses who comes by an identity provider: what they would sign in with here would go round it.
pub async fn must_sign_in_here(db: &mut Connection, user: UserId) -> Result<()> {
    if !store::comes_by_provider(db, user).await? {
        return Ok(());
    }
    Err(Error::Conflict(
        "You sign in by your organization's identity provider: password and second step are chosen \
         there."
            .into(),
    ))
}
