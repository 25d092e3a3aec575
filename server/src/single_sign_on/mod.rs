//! Signing in by an organization's identity provider: OpenID Connect, with the authorization code flow.
//!
//! What a provider says counts in its organization and nowhere else. Who comes by it is a person of their
//! own, known by issuer and subject; an account with the same address is somebody else.

mod begin;
mod binding;
mod complete;
mod find;
mod people;
mod provider;
mod refused;
pub mod store;
mod token;

pub use begin::begin;
pub use binding::Binding;
pub use complete::complete;
pub use find::find;
pub use provider::{Providers, look_at};

use crate::error::Error;

/// No way in, whatever the reason: an organization that is not there is told by nothing from one
/// without a provider.
fn none_here() -> Error {
    Error::NotFound(
        "This organization has no single sign-on: sign in with your password, or ask an admin there."
            .into(),
    )
}
