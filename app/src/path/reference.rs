//! Addresses of the API's reference.

use super::with_query;
use std::fmt::Display;

/// The reference of the API.
pub fn reference() -> String {
    "/api".to_owned()
}

/// One operation of the API.
pub fn reference_of(operation: &str) -> String {
    format!("{}/{operation}", reference())
}

/// One operation of the API, with a parameter filled in.
pub fn reference_with(operation: &str, name: &str, value: impl Display) -> String {
    with_query(reference_of(operation), &[(name, &value.to_string())])
}

/// The description of the whole API.
pub fn openapi() -> String {
    "/v2/openapi.json".to_owned()
}
