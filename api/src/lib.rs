//! The contract of the platform: every endpoint ([`ENDPOINTS`]), the types that travel, and the
//! client that portal and tests use.
//!
//! Router, permission check, OpenAPI document, form adapter and client all read the same table, so
//! an operation exists everywhere or nowhere. The compatible operations follow Exoscale's v2
//! specification (<https://openapi-v2.exoscale.com>); what Couloir adds follows its conventions:
//! kebab-case fields, UUIDs, `operation` objects for what takes time.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod client;
mod endpoints;
mod error;
pub mod forms;
pub mod inverse;
mod operator;
mod past;
pub mod policy_form;
mod resolve;
mod types;

pub use client::{Client, RawRequest, RawResponse, Reply, Transport, TransportError};
pub use endpoints::{Access, Call, ENDPOINTS, Endpoint, Kind, Method, SESSION_COOKIE, find, op};
pub use error::{Askable, ErrorBody, ErrorCode};
pub use operator::{OPERATOR_ACTS, find_act};
pub use past::{AT, is_known_of_the_past};
pub use resolve::{Params, Resolved, decode, encode, fill, resolve};
pub use types::*;

/// Longest request body that the API reads, in bytes.
pub const BODY_BYTES_MAX: usize = 1 << 20;
/// Largest page that a list may be asked for.
pub const PAGE_MAX: i64 = 1_000;
/// Page size of a list in the portal.
pub const PAGE_DEFAULT: i64 = 50;
/// Longest list that is answered whole, without `limit`.
pub const LIST_MAX: i64 = 20_000;
