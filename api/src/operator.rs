//! What the operator does to an organization by command: no endpoint of the API, but an event of the
//! organization's trail, which is named, found and told like that of any other act.

use crate::endpoints::{Access, Endpoint, Kind, Method, find};
#[cfg(feature = "schema")]
use crate::types::Nothing;

/// Nobody finds them by their paths, which only say what they are about.
pub static OPERATOR_ACTS: [Endpoint; 2] = [
    act(
        "create-sign-in-link",
        Method::POST,
        "/user:sign-in-link",
        "Makes a link that signs somebody in, once.",
    ),
    act("update-quota", Method::PUT, "/quota/{entity}", "Says how much of something may be."),
];

const fn act(
    operation: &'static str,
    method: Method,
    path: &'static str,
    #[cfg_attr(not(feature = "schema"), expect(unused_variables))] summary: &'static str,
) -> Endpoint {
    Endpoint {
        operation,
        method,
        path,
        service: "",
        access: Access::Public,
        kind: Kind::Write,
        compatible: false,
        #[cfg(feature = "schema")]
        summary,
        #[cfg(feature = "schema")]
        input: |g| g.subschema_for::<Nothing>(),
        #[cfg(feature = "schema")]
        output: |g| g.subschema_for::<Nothing>(),
    }
}

/// What an event is called by: an operation of the API, or an act of the operator.
pub fn find_act(operation: &str) -> Option<&'static Endpoint> {
    find(operation).or_else(|| OPERATOR_ACTS.iter().find(|act| act.operation == operation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_act_of_the_operator_is_called_like_an_operation() {
        for act in &OPERATOR_ACTS {
            assert!(find(act.operation).is_none(), "{}", act.operation);
            assert!(find_act(act.operation).is_some_and(|found| found.path == act.path));
        }
        assert!(find_act("list-zones").is_some() && find_act("nonsense").is_none());
    }
}
