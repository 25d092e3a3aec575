//! What the address asks of the list.

use crate::{pages::address, path};
use api::{ErrorBody, Kind, ListOperations, PAGE_DEFAULT};
use domain::operation::OperationState;
use leptos_router::params::ParamsMap;

/// Kinds of operations that there are in the list.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    let tasks = api::ENDPOINTS.iter().filter(|endpoint| endpoint.kind == Kind::Task);
    // Trying again is listed as what is tried.
    tasks.map(|endpoint| endpoint.operation).filter(|name| *name != "retry-operation")
}

/// Reads the address.
pub fn read(query: &ParamsMap) -> Result<ListOperations, ErrorBody> {
    let mut asked = ListOperations { limit: Some(PAGE_DEFAULT), ..Default::default() };
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "q" => asked.q = text,
            "cursor" => asked.cursor = text,
            "operation" if kinds().any(|kind| kind == value) => asked.operation = text,
            "operation" => return Err(address::not_one_of(name, value, kinds())),
            "state" => {
                let possible = OperationState::ALL.iter().map(|state| state.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.state = Some(value.parse().map_err(wrong)?);
            }
            "subject-id" => {
                let wrong = |_| address::not_an_id(name, value);
                asked.subject_id = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

/// The address of a page of the same question.
pub fn page(asked: &ListOperations, cursor: Option<String>) -> String {
    path::operations_where(&ListOperations { cursor, limit: None, ..asked.clone() })
}

/// Whether anything is filtered by.
pub fn is_filtered(asked: &ListOperations) -> bool {
    asked.state.is_some()
        || asked.operation.is_some()
        || asked.q.is_some()
        || asked.subject_id.is_some()
}
