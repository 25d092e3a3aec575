//! Signing in with a one-time link.

use super::Gate;
use crate::{
    path,
    text::{sign_in as text, t},
    ui::{Button, Field, Form, Hidden, Kind},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A token behind `#` is taken over by a script, or typed.
#[component]
pub fn SignInLink() -> impl IntoView {
    let token = super::token();
    let given = !token.is_empty();
    let token = RwSignal::new(token);
    let hash = use_location().hash;
    Effect::new(move |_| {
        let behind = hash.with(|hash| hash.trim_start_matches('#').to_owned());
        if !behind.is_empty() {
            token.set(behind);
        }
    });
    view! {
        <Gate title=t(text::LINK_TITLE) lead=t(text::LINK_LEAD)>
            <Form operation="redeem-sign-in-link" return_to=path::home() full_page=true>
                <div class="stack">
                    {move || match given || !token.with(String::is_empty) {
                        true => view! { <Hidden name="token" value=token /> }.into_any(),
                        false => view! {
                            <Field name="token" label=t(text::TOKEN) hint=t(text::TOKEN_HINT) required=true mono=true autocomplete="off" />
                        }
                        .into_any(),
                    }}
                    <Field
                        name="password"
                        label=t(text::NEW_PASSWORD)
                        hint=t(text::NEW_PASSWORD_HINT)
                        kind="password"
                        optional=true
                        autocomplete="new-password"
                        max_length=1_024
                    />
                    <Button label=t(text::SUBMIT).to_owned() kind=Kind::Primary />
                </div>
            </Form>
            <p class="hint"><a href=path::sign_in()>{t(text::WITH_PASSWORD)}</a></p>
        </Gate>
    }
    .into_any()
}
