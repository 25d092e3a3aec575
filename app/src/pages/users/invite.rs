//! Inviting somebody.

use crate::{
    path,
    text::{shell, t, users as text},
    ui::{Button, Card, Entry, Field, Form, FormCode, Kind, Select, stay},
    visit::language,
};
use api::IamRole;
use domain::format::Language;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Invite(roles: Vec<IamRole>) -> impl IntoView {
    let names = roles.iter().map(|role| (role.id.to_string(), role.name.clone())).collect();
    let first = roles.first().map(|role| role.id.to_string()).unwrap_or_default();
    let start = json!({ "role": { "id": first }, "language": language().as_str() });
    view! {
        <Card title=t(text::INVITE) lead=t(text::INVITE_LEAD)>
            <Form
                operation="create-user"
                return_to=path::users()
                done=t(text::INVITE_DONE)
                on_answer=stay()
            >
                <div class="stack">
                    <Field name="email" label=t(text::EMAIL) kind="email" required=true autocomplete="off" max_length=254 />
                    <RoleSelect roles=roles value=first />
                    <Select name="language" label=t(text::LANGUAGE) options=languages() value=language().to_string() />
                    <div class="row"><Button label=t(text::INVITE_SUBMIT).to_owned() kind=Kind::Primary /></div>
                </div>
            </Form>
            <FormCode operation="create-user" start=start names=names id="invite-code" />
        </Card>
    }
    .into_any()
}

#[component]
pub fn RoleSelect(roles: Vec<IamRole>, value: String) -> impl IntoView {
    let roles: Vec<_> =
        roles.into_iter().map(|role| Entry::new(role.id.to_string(), role.name)).collect();
    view! {
        <Select name="role.id" label=t(text::ROLE) options=roles value=value hint=t(text::ROLE_HINT) required=true />
    }
    .into_any()
}

fn languages() -> Vec<Entry> {
    let names = [(Language::En, shell::ENGLISH), (Language::De, shell::GERMAN)];
    names.map(|(language, name)| Entry::new(language.to_string(), t(name))).into()
}
