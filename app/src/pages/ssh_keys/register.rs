//! Registering a key.

use crate::{
    path,
    text::{ssh_keys as text, t},
    ui::{Button, Card, CodeBlock, Field, Form, FormCode, Kind, TextArea, stay},
};
use leptos::prelude::*;
use serde_json::json;

/// What makes a key pair.
const KEYGEN: &str = "ssh-keygen -t ed25519\ncat ~/.ssh/id_ed25519.pub";

#[component]
pub fn Register() -> impl IntoView {
    view! {
        <Card title=t(text::REGISTER)>
            <div class="columns">
                <RegisterForm />
                <div class="stack-small">
                    <p class="hint">{t(text::NO_PAIR)}</p>
                    <CodeBlock code=KEYGEN.to_owned() what=t(text::NO_PAIR) />
                </div>
            </div>
            <FormCode operation="register-ssh-key" start=json!({}) id="register-code" />
        </Card>
    }
    .into_any()
}

#[component]
fn RegisterForm() -> impl IntoView {
    view! {
        <Form operation="register-ssh-key" return_to=path::ssh_keys() done=t(text::REGISTERED) on_answer=stay()>
            <div class="stack">
                <Field
                    name="name"
                    label=t(text::KEY_NAME)
                    hint=t(text::KEY_NAME_HINT)
                    required=true
                    autocomplete="off"
                    max_length=255
                />
                <TextArea
                    name="public-key"
                    label=t(text::PUBLIC_KEY)
                    hint=t(text::PUBLIC_KEY_HINT)
                    placeholder=t(text::PUBLIC_KEY_EXAMPLE)
                    required=true
                    rows=4
                    secret=true
                />
                <div class="row"><Button label=t(text::REGISTER_SUBMIT).to_owned() kind=Kind::Primary /></div>
            </div>
        </Form>
    }
    .into_any()
}
