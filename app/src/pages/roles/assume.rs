//! Assuming a role: a key that has it for a while, shown once.

use crate::{
    pages::{api_keys::once::KeyAssumed, policy::Rules},
    path,
    text::{common, roles as text, t, t_with},
    ui::{
        Button, Card, Field, Form, FormCode, Kind, LinkButton, Notice, PageHeader, Tone,
        answer_into, answer_of,
    },
    visit::language,
};
use api::{AssumedIamRole, IamRole};
use domain::format;
use leptos::prelude::*;
use serde_json::json;

/// Seconds that are offered, where the role allows as many.
const TTL_OFFERED: i64 = 3_600;

#[component]
pub fn Assume(role: IamRole) -> impl IntoView {
    let made = RwSignal::new(answer_of::<AssumedIamRole>("assume-iam-role"));
    let about = (path::role(role.id), role.name.clone());
    let title = t_with(text::ASSUME_NAMED, &[("name", &role.name)]);
    view! {
        <PageHeader title=title about=about lead=|| t(text::ASSUME_LEAD) />
        {move || match made.get() {
            Some(assumed) => view! { <KeyAssumed assumed=assumed /> }.into_any(),
            None => view! { <Question role=role.clone() made=made /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Question(role: IamRole, made: RwSignal<Option<AssumedIamRole>>) -> impl IntoView {
    let reason = super::no_assume(&role).map(|why| t(why).to_owned());
    let most = role.max_session_ttl.unwrap_or(TTL_OFFERED);
    let offered = most.min(TTL_OFFERED);
    let hint = t_with(text::ASSUME_FOR_HINT, &[("most", &format::integer(language(), most))]);
    let act = t_with(text::ASSUME_NAMED, &[("name", &role.name)]);
    let path = vec![("id", role.id.to_string())];
    let rules = role.assume_role_policy.unwrap_or_default().rules;
    view! {
        {match rules.is_empty() {
            true => view! { <Notice tone=Tone::Warn><p>{t(text::ASSUME_NOBODY)}</p></Notice> }.into_any(),
            false => view! { <Card title=t(text::ASSUME_WHO)><Rules rules=rules /></Card> }.into_any(),
        }}
        <section class="card confirm">
            <Form operation="assume-iam-role" path=path.clone() on_answer=answer_into(made)>
                <div class="stack">
                    <Field
                        name="ttl"
                        label=t(text::ASSUME_FOR)
                        hint=hint
                        kind="number"
                        value=offered.to_string()
                        required=true
                        min=1
                        max=most
                    />
                    <ul class="consequences"><li>{t(text::ASSUME_NAMES_YOU)}</li></ul>
                    <div class="confirm-actions">
                        <LinkButton to=path::role(role.id) label=t(common::CANCEL) />
                        <Button label=act kind=Kind::Primary reason=Signal::stored(reason) />
                    </div>
                </div>
            </Form>
        </section>
        <FormCode operation="assume-iam-role" path=path start=json!({ "ttl": offered }) />
    }
    .into_any()
}
