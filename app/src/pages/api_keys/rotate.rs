//! Another key in the place of one, which goes on for a while.

use super::once::KeyRotated;
use crate::{
    load::{Ask, load},
    path,
    text::{api_keys as text, common, t, t_with},
    ui::{
        Ago, Button, Field, Form, FormCode, Instant, KeyValue, KeyValues, Kind, LinkButton, Loaded,
        Notice, PageHeader, Tone, answer_into, answer_of,
    },
};
use api::{ApiKey, ApiKeyRotated, op};
use leptos::prelude::*;
use serde_json::json;

const OVERLAP_HOURS_DEFAULT: i64 = 24;
const OVERLAP_HOURS_MAX: i64 = 720;

#[component]
pub fn Rotate(key_: String) -> impl IntoView {
    let made = RwSignal::new(answer_of::<ApiKeyRotated>("rotate-api-key"));
    // What is typed must not go when the key is used meanwhile.
    let key = load(op::GetApiKey, &[], move || Ask::of("id", key_.clone()));
    move || {
        match made.get() {
        // The old key may have ended with it, and is not asked for any more.
        Some(rotated) => view! {
            <PageHeader title=t_with(text::ROTATED_NAMED, &[("name", &rotated.name)]) />
            <KeyRotated rotated=rotated />
            <div class="row"><LinkButton to=path::api_keys() label=t(text::ALL_KEYS) /></div>
        }
        .into_any(),
        None => view! {
            <Loaded answer=key page=true view=move |reply| view! { <Question key_=reply.body made=made /> }.into_any() />
        }
        .into_any(),
    }
    }
}

#[component]
fn Question(key_: ApiKey, made: RwSignal<Option<ApiKeyRotated>>) -> impl IntoView {
    let act = t_with(text::ROTATE_NAMED, &[("name", &key_.name)]);
    let path = vec![("id", key_.key.clone())];
    let assumed = key_.assumed_by.is_some().then(|| t(text::ROTATE_ASSUMED).to_owned());
    view! {
        <PageHeader title=act.clone() lead=|| t(text::ROTATE_LEAD) />
        {assumed.is_some().then(|| view! { <Notice tone=Tone::Warn><p>{t(text::ROTATE_ASSUMED_LEAD)}</p></Notice> })}
        <section class="card confirm">
            <Form operation="rotate-api-key" path=path.clone() on_answer=answer_into(made)>
                <div class="stack">
                    <KeyValues>
                        <KeyValue name=t(text::KEY)><code>{key_.key}</code></KeyValue>
                        <KeyValue name=t(text::LAST_USED)>
                            {match key_.last_used_at {
                                Some(at) => view! { <Ago at=at /> }.into_any(),
                                None => view! { <span class="muted">{t(text::NEVER)}</span> }.into_any(),
                            }}
                        </KeyValue>
                        {key_.expires_at.map(|at| view! { <KeyValue name=t(text::ENDS)><Instant at=at /></KeyValue> })}
                    </KeyValues>
                    <ul class="consequences">
                        <li>{t(text::ROTATE_SAME)}</li>
                        <li>{t(text::ROTATE_OLD)}</li>
                        <li>{t(text::ROTATE_QUOTA)}</li>
                    </ul>
                    <Field
                        name="overlap-hours"
                        label=t(text::OVERLAP)
                        hint=t(text::OVERLAP_HINT)
                        kind="number"
                        value=OVERLAP_HOURS_DEFAULT.to_string()
                        required=true
                        min=0
                        max=OVERLAP_HOURS_MAX
                    />
                    <div class="confirm-actions">
                        <LinkButton to=path::api_keys() label=t(common::CANCEL) />
                        <Button label=act kind=Kind::Primary reason=Signal::stored(assumed) />
                    </div>
                </div>
            </Form>
        </section>
        <FormCode operation="rotate-api-key" path=path start=json!({ "overlap-hours": OVERLAP_HOURS_DEFAULT }) />
    }
    .into_any()
}
