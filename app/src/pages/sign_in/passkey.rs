//! Signing in with a passkey, where browsers can have any.

use crate::{
    pages::{
        address,
        passkey::{Ceremony, WithPasskey},
    },
    path,
    text::{passkeys as text, t},
    ui::{Button, Form, Hidden},
    visit::visit,
};
use leptos::prelude::*;
use std::net::IpAddr;

#[component]
pub fn Passkey() -> impl IntoView {
    has_name(&visit().origin).then(|| {
        view! {
            <WithPasskey ceremony=Ceremony::Get>
                <Form
                    operation="create-passkey-session"
                    return_to=address::destination().unwrap_or_else(path::home)
                    full_page=true
                >
                    <Hidden name="state" value="" />
                    <Hidden name="credential:json" value="" />
                    <Button label=t(text::SIGN_IN).to_owned() />
                </Form>
            </WithPasskey>
        }
        .into_any()
    })
}

/// Whether an origin has the name of a host. Browsers bind passkeys to it.
fn has_name(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::has_name;

    #[test]
    fn numbers_are_no_names() {
        for name in ["https://cloud.example", "http://localhost:8080"] {
            assert!(has_name(name), "{name}");
        }
        for number in ["http://127.0.0.1:8080", "http://[::1]:8080", "https://192.0.2.1"] {
            assert!(!has_name(number), "{number}");
        }
    }
}
