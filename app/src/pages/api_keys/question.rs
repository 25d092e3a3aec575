//! What the address asks of the list of keys.

use crate::{
    pages::address,
    path,
    text::{api_keys as text, t},
    ui::{Filter, Filters},
};
use api::ErrorBody;
use domain::iam::api_key::KeyUse;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// Reads the address: which keys by their use, or all.
pub fn read(query: &ParamsMap) -> Result<Option<KeyUse>, ErrorBody> {
    let mut asked = None;
    address::read(query, |name, value| match name {
        "use" => {
            let possible = KeyUse::ALL.iter().map(|one| one.as_str());
            asked = Some(value.parse().map_err(|_| address::not_one_of(name, value, possible))?);
            Ok(())
        }
        _ => Err(address::unknown(name)),
    })?;
    Ok(asked)
}

/// The form that fills the address.
#[component]
pub fn KeyFilters(#[prop(into)] asked: Signal<Option<KeyUse>>) -> impl IntoView {
    let options = || {
        vec![
            (KeyUse::Never.to_string(), t(text::NEVER_USED).to_owned()),
            (KeyUse::Idle.to_string(), t(text::IDLE).to_owned()),
        ]
    };
    let value = Signal::derive(move || asked.get().map(|asked| asked.to_string()));
    view! {
        <Filters
            label=t(text::FILTER)
            to=path::api_keys()
            filters=vec![Filter::choice("use", t(text::USE), options, value)]
        />
    }
    .into_any()
}
