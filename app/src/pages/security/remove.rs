//! Turning two-step sign-in off, for a code.

use super::{code, codes::OneCode};
use crate::{
    path,
    text::{security as text, t},
    ui::{CodePanel, Confirm, PageHeader},
};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Remove() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TURN_OFF).to_owned() lead=|| t(text::TURN_OFF_LEAD) />
        <Confirm
            operation="remove-second-factor"
            path=Vec::new()
            act=t(text::TURN_OFF)
            return_to=path::security()
            cancel=path::security()
            done=t(text::IS_OFF)
        >
            <ul class="consequences">
                <li>{t(text::OFF_PASSWORD)}</li>
                <li>{t(text::OFF_CODES)}</li>
                <li>{t(text::OFF_AGAIN)}</li>
            </ul>
            <OneCode />
        </Confirm>
        <CodePanel code=code("remove-second-factor", &[], &json!({ "code": "" })) />
    }
    .into_any()
}
