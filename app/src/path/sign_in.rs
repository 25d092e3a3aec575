//! Addresses of signing in.

use super::with_query;

pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// Where to sign in, and where to go afterwards.
pub fn sign_in_then(destination: &str) -> String {
    if destination == "/" { sign_in() } else { with_query(sign_in(), &[("return", destination)]) }
}

/// Where a one-time link leads.
pub fn sign_in_link(token: &str) -> String {
    with_query("/sign-in/link".to_owned(), &[("token", token)])
}

/// Where an invitation leads.
pub fn invitation(token: &str) -> String {
    with_query("/sign-in/invitation".to_owned(), &[("token", token)])
}

/// Where a new password is asked for.
pub fn password_reset() -> String {
    "/sign-in/forgotten".to_owned()
}

/// The same, when it was.
pub fn password_reset_asked() -> String {
    with_query(password_reset(), &[("asked", "yes")])
}

/// Where the link leads that was mailed for it.
pub fn password_reset_link(token: &str) -> String {
    with_query("/sign-in/new-password".to_owned(), &[("token", token)])
}
