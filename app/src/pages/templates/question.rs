//! What the address asks of the list.

use crate::pages::address;
use api::{ErrorBody, ListTemplates};
use domain::template::Visibility;
use leptos_router::params::ParamsMap;

/// Reads the address. Without a visibility both are asked for.
pub fn read(query: &ParamsMap) -> Result<ListTemplates, ErrorBody> {
    let mut asked = ListTemplates::default();
    address::read(query, |name, value| {
        let text = Some(value.to_owned());
        match name {
            "zone" => asked.zone = text,
            "family" => asked.family = text,
            "q" => asked.q = text,
            "visibility" => {
                let possible = Visibility::ALL.iter().map(|of| of.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.visibility = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

/// Whether anything is filtered by but the visibility.
pub fn is_filtered(asked: &ListTemplates) -> bool {
    asked.zone.is_some() || asked.family.is_some() || asked.q.is_some()
}
