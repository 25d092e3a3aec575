//! Making a key or a token. The answer is shown on this page and nowhere else.

use crate::{
    text::{api_keys as text, t},
    ui::{Button, Card, Entry, Field, Form, FormCode, Select, answer_into},
    visit::visit,
};
use api::{AccessTokenCreated, ApiKeyCreated, IamRole};
use leptos::prelude::*;
use serde_json::json;

const DAYS_DEFAULT: i64 = 30;
const DAYS_MAX: i64 = 365;
/// Of keys, which also may never end.
const KEY_DAYS_MAX: i64 = 3_650;
/// What most people choose from.
const KEY_DAYS_OFFERED: [i64; 3] = [30, 90, 365];
/// The id of these choices.
const KEY_DAYS: &str = "key-days";

#[component]
pub fn CreateKey(roles: Vec<IamRole>, created: RwSignal<Option<ApiKeyCreated>>) -> impl IntoView {
    // One's own to begin with: a key can't do more than whoever makes it.
    let own = visit().me.map(|me| me.role.id).unwrap_or_default();
    let names = roles.iter().map(|role| (role.id.to_string(), role.name.clone())).collect();
    let start = json!({ "role-id": own });
    let roles: Vec<_> =
        roles.into_iter().map(|role| Entry::new(role.id.to_string(), role.name)).collect();
    view! {
        <Card title=t(text::CREATE_KEY)>
            <Form operation="create-api-key" on_answer=answer_into(created)>
                <div class="stack">
                    <div class="form-row">
                        <Field name="name" label=t(text::KEY_NAME) hint=t(text::KEY_NAME_HINT) required=true autocomplete="off" max_length=255 />
                        <Field
                            name="days"
                            label=t(text::DAYS_OF_KEY)
                            hint=t(text::DAYS_OF_KEY_HINT)
                            kind="number"
                            placeholder=t(text::NEVER)
                            optional=true
                            min=1
                            max=KEY_DAYS_MAX
                            list=KEY_DAYS
                        />
                        <datalist id=KEY_DAYS>
                            {KEY_DAYS_OFFERED.map(|days| view! { <option value=days></option> }).collect_view()}
                        </datalist>
                        <Select name="role-id" label=t(text::ROLE) options=roles value=own required=true />
                    </div>
                    <div class="row"><Button label=t(text::CREATE_KEY_SUBMIT).to_owned() /></div>
                </div>
            </Form>
            <FormCode operation="create-api-key" start=start names=names id="create-key-code" />
        </Card>
    }
    .into_any()
}

#[component]
pub fn CreateToken(created: RwSignal<Option<AccessTokenCreated>>) -> impl IntoView {
    view! {
        <Card title=t(text::CREATE_TOKEN)>
            <Form operation="create-access-token" on_answer=answer_into(created)>
                <div class="form-row">
                    <Field name="name" label=t(text::TOKEN_NAME) hint=t(text::TOKEN_NAME_HINT) required=true autocomplete="off" max_length=255 />
                    <Field
                        name="days"
                        label=t(text::DAYS)
                        hint=t(text::DAYS_HINT)
                        kind="number"
                        value=DAYS_DEFAULT.to_string()
                        required=true
                        min=1
                        max=DAYS_MAX
                    />
                    <Button label=t(text::CREATE_TOKEN_SUBMIT).to_owned() />
                </div>
            </Form>
            <FormCode operation="create-access-token" start=json!({ "days": DAYS_DEFAULT }) id="create-token-code" />
        </Card>
    }
    .into_any()
}
