//! `/organization`: what an organization chooses for all of its members.

use crate::{
    load::{Ask, load},
    path,
    text::{common, organization as text, t, t_with},
    ui::{
        Button, Card, CopyButton, EditForm, Entry, Followed, FormCode, KeyValue, KeyValues, Kind,
        PageHeader, Select,
    },
    visit::language,
};
use api::{Organization as Shown, Reply, op};
use domain::{format, instance::RECOVERY_HOURS_MAX};
use leptos::prelude::*;
use serde_json::json;

/// What is offered, in hours; another number can be set through the API.
const OFFERED: [i64; 6] = [0, 1, 24, 72, 168, RECOVERY_HOURS_MAX];
const HOURS_OF_A_DAY: i64 = 24;

#[component]
pub fn Organization() -> impl IntoView {
    let organization = load(op::GetOrganization, &["organization"], Ask::all);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        <Followed
            answer=organization
            page=true
            rows=3
            view=|latest| view! { <Settings latest=latest /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Settings(latest: Memo<Reply<Shown>>) -> impl IntoView {
    let Reply { body: now, etag, .. } = latest.get_untracked();
    let hours = now.instance_recovery_hours.unwrap_or_default();
    let mut offered: Vec<_> = OFFERED.into_iter().chain([hours]).collect();
    offered.sort_unstable();
    offered.dedup();
    let offered: Vec<_> =
        offered.into_iter().map(|hours| Entry::new(hours.to_string(), spelled(hours))).collect();
    view! {
        <Card>
            <KeyValues>
                <KeyValue name=t(common::NAME)>{now.name}</KeyValue>
                <KeyValue name=t(common::ID)>
                    <code class="break">{now.id.to_string()}</code>
                    <CopyButton text=now.id.to_string() what=t(common::ID) />
                </KeyValue>
                <KeyValue name=t(text::CURRENCY)>{now.currency.to_string()}</KeyValue>
            </KeyValues>
        </Card>
        <Card title=t(text::RECOVERY) lead=t(text::RECOVERY_LEAD)>
            <EditForm
                operation="update-organization"
                return_to=path::organization()
                if_match=Signal::stored(etag)
                done=t(text::SAVED)
                // Every page knows it.
                full_page=true
            >
                <div class="stack">
                    <Select
                        name="instance-recovery-hours"
                        label=t(text::RECOVERY_HOURS)
                        options=offered
                        value=hours.to_string()
                        hint=t(text::RECOVERY_HINT)
                    />
                    <div class="row"><Button label=t(common::SAVE).to_owned() kind=Kind::Primary /></div>
                </div>
            </EditForm>
        </Card>
        <FormCode operation="update-organization" start=json!({ "instance-recovery-hours": hours }) />
    }
    .into_any()
}

/// “24 hours”, “7 days”, “off”
fn spelled(hours: i64) -> String {
    let number = |n| format::integer(language(), n);
    match hours {
        0 => t(text::OFF).to_owned(),
        1 => t(text::ONE_HOUR).to_owned(),
        HOURS_OF_A_DAY => t(text::ONE_DAY).to_owned(),
        _ if hours % HOURS_OF_A_DAY == 0 => {
            t_with(text::DAYS, &[("count", &number(hours / HOURS_OF_A_DAY))])
        }
        _ => t_with(text::HOURS, &[("count", &number(hours))]),
    }
}
