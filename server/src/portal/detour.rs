//! Detours: a form that does something else on its way, and is shown again with what it had.

use super::fields::given;
use api::{
    Endpoint, ErrorBody,
    forms::{DETOUR, Fields, detour_field},
};
use std::collections::BTreeMap;

/// Which detours lead back with something chosen: the field that names it, and the form's own field
/// that chooses it.
const CHOSEN: [(&str, &str, &str); 1] = [("register-ssh-key", "name", "ssh-keys[].name")];

/// The operation that the pressed button stands for.
pub fn taken(fields: &Fields) -> Option<&'static Endpoint> {
    let operation = given(fields, DETOUR)?;
    CHOSEN.iter().find(|(this, ..)| *this == operation).and_then(|_| api::find(operation))
}

/// The fields of the detour's operation.
pub fn fields_of(endpoint: &Endpoint, fields: &Fields) -> Fields {
    let prefix = detour_field(endpoint.operation, "");
    fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?.to_owned(), value.clone())))
        .collect()
}

/// What the form has afterwards: the detour's own fields are empty, what it made is chosen.
pub fn with_result(endpoint: &Endpoint, fields: Fields, own: &Fields) -> Fields {
    let prefix = detour_field(endpoint.operation, "");
    let mut kept: Fields = fields
        .into_iter()
        .filter(|(name, _)| name != DETOUR && !name.starts_with(&prefix))
        .collect();
    for (_, named_by, chooses) in CHOSEN.iter().filter(|(this, ..)| *this == endpoint.operation) {
        kept.extend(given(own, named_by).map(|value| ((*chooses).to_owned(), value.to_owned())));
    }
    kept
}

/// An error whose fields are found in the form.
pub fn renamed(endpoint: &Endpoint, error: ErrorBody) -> ErrorBody {
    let fields: BTreeMap<_, _> = error
        .fields
        .into_iter()
        .map(|(name, what)| (detour_field(endpoint.operation, &name), what))
        .collect();
    ErrorBody { fields, ..error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_registered_on_the_way_is_chosen() {
        let fields: Fields = [
            ("name", "web-1"),
            ("_register-ssh-key.name", "me"),
            ("_register-ssh-key.public-key", "ssh-ed25519 AAAA"),
            ("_detour", "register-ssh-key"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        let endpoint = taken(&fields).expect("a detour");
        let own = fields_of(endpoint, &fields);
        assert_eq!(own[0], ("name".to_owned(), "me".to_owned()));
        let kept = with_result(endpoint, fields, &own);
        let chosen = ("ssh-keys[].name".to_owned(), "me".to_owned());
        assert_eq!(kept, [("name".to_owned(), "web-1".to_owned()), chosen]);
    }

    #[test]
    fn only_known_detours_are_taken() {
        let fields = vec![(DETOUR.to_owned(), "delete-instance".to_owned())];
        assert!(taken(&fields).is_none());
    }
}
