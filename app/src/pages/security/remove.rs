//! Turning two-step sign-in off, for a code.

use super::{code, codes::OneCode, stays, two_step::CHANGES};
use crate::{
    load::{Ask, load},
    path,
    text::{security as text, t},
    ui::{CodePanel, Confirm, Loaded, PageHeader},
};
use api::op;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Remove() -> impl IntoView {
    let factor = load(op::GetSecondFactor, CHANGES, Ask::all);
    view! {
        <PageHeader title=t(text::TURN_OFF).to_owned() lead=|| t(text::TURN_OFF_LEAD) />
        <Loaded
            answer=factor
            page=true
            rows=3
            view=|reply| view! { <Question stays=stays(&reply.body.stays_for) /> }.into_any()
        />
        <CodePanel code=code("remove-second-factor", &[], &json!({ "code": "" })) />
    }
    .into_any()
}

#[component]
fn Question(stays: Option<String>) -> impl IntoView {
    view! {
        <Confirm
            operation="remove-second-factor"
            path=Vec::new()
            act=t(text::TURN_OFF)
            return_to=path::security()
            cancel=path::security()
            done=t(text::IS_OFF)
            reason=stays
        >
            <ul class="consequences">
                <li>{t(text::OFF_PASSWORD)}</li>
                <li>{t(text::OFF_CODES)}</li>
                <li>{t(text::OFF_AGAIN)}</li>
            </ul>
            <OneCode />
        </Confirm>
    }
    .into_any()
}
