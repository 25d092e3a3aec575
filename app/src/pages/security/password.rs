//! One's own password.

use super::code;
use crate::{
    path,
    text::{sessions as text, t},
    ui::{Button, Card, CodePanel, Field, Form, Kind},
    visit::visit,
};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Password() -> impl IntoView {
    let has_one = visit().me.is_some_and(|me| me.has_password);
    // Which fields there are; what is typed into them is nowhere written.
    let fields = match has_one {
        true => json!({ "current": "", "password": "" }),
        false => json!({ "password": "" }),
    };
    view! {
        <Card title=t(text::PASSWORD) lead=t(text::PASSWORD_LEAD)>
            <Form operation="set-password" return_to=path::security() done=t(text::PASSWORD_SET)>
                <div class="stack">
                    {has_one.then(|| view! {
                        <Field
                            name="current"
                            label=t(text::CURRENT_PASSWORD)
                            kind="password"
                            required=true
                            autocomplete="current-password"
                        />
                    })}
                    <Field
                        name="password"
                        label=t(text::NEW_PASSWORD)
                        hint=t(text::NEW_PASSWORD_HINT)
                        kind="password"
                        required=true
                        autocomplete="new-password"
                        max_length=1_024
                    />
                    <div class="row"><Button label=t(text::SET_PASSWORD).to_owned() kind=Kind::Primary /></div>
                </div>
            </Form>
            <CodePanel code=code("set-password", &[], &fields) id="password-code" />
        </Card>
    }
    .into_any()
}
