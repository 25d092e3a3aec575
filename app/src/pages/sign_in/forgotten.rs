//! A forgotten password: asking for a link, and choosing another with it.

use super::{Gate, SecondStep, token};
use crate::{
    path,
    text::{t, users as text},
    ui::{Button, Field, Form, Hidden, Kind, Notice, Tone},
    visit::language,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Says the same whether somebody has the address or not.
#[component]
pub fn Forgotten() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.with(|query| query.get("asked").is_some());
    view! {
        <Gate title=t(text::FORGOTTEN_TITLE) lead=t(text::FORGOTTEN_LEAD)>
            {move || match asked() {
                true => view! {
                    <div role="status"><Notice tone=Tone::Ok>{t(text::FORGOTTEN_DONE)}</Notice></div>
                }
                .into_any(),
                false => view! { <Ask /> }.into_any(),
            }}
            <p class="hint"><a href=path::sign_in()>{t(text::BACK)}</a></p>
        </Gate>
    }
    .into_any()
}

#[component]
fn Ask() -> impl IntoView {
    view! {
        <Form operation="request-password-reset" return_to=path::password_reset_asked()>
            <Hidden name="language" value=language().to_string() />
            <div class="stack">
                <Field name="email" label=t(text::EMAIL) kind="email" required=true autocomplete="username" max_length=254 />
                <Button label=t(text::FORGOTTEN_SUBMIT).to_owned() kind=Kind::Primary />
            </div>
        </Form>
    }
    .into_any()
}

#[component]
pub fn NewPassword() -> impl IntoView {
    view! {
        <Gate title=t(text::RESET_TITLE) lead=t(text::RESET_LEAD)>
            <Form operation="reset-password" return_to=path::home() full_page=true>
                <Hidden name="token" value=token() />
                <div class="stack">
                    <Field
                        name="password"
                        label=t(text::NEW_PASSWORD)
                        hint=t(text::NEW_PASSWORD_HINT)
                        kind="password"
                        required=true
                        autocomplete="new-password"
                        max_length=1_024
                    />
                    <SecondStep />
                    <Button label=t(text::RESET_SUBMIT).to_owned() kind=Kind::Primary />
                </div>
            </Form>
            <p class="hint"><a href=path::password_reset()>{t(text::FORGOTTEN_TITLE)}</a></p>
        </Gate>
    }
    .into_any()
}
