//! `/organization`: what an organization chooses for all of its members.

use crate::{
    load::{Ask, load},
    pages::{
        NotFound,
        audit_trail::activity::{self, ActivityPage},
    },
    path,
    text::{audit_trail, common, organization as text, t, t_with},
    ui::{
        Button, Card, Check, CopyButton, EditForm, Entry, Followed, FormCode, KeyValue, KeyValues,
        Kind, LinkButton, Loaded, PageHeader, Select, icons,
    },
    visit::{language, visit},
};
use api::{AuditRemoval, AuditRetention, ListAuditTrail, Organization as Shown, Reply, User, op};
use domain::{
    audit::CALL_DAYS_OFFERED, format, history::HISTORY_DAYS_OFFERED, instance::RECOVERY_HOURS_MAX,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;

/// What is offered, in hours; another number can be set through the API.
const OFFERED: [i64; 6] = [0, 1, 24, 72, 168, RECOVERY_HOURS_MAX];
const HOURS_OF_A_DAY: i64 = 24;
/// How many of those who lack something are named; the users page has all.
const NAMED: usize = 5;

#[component]
pub fn Organization() -> impl IntoView {
    let params = use_params_map();
    let act = Memo::new(move |_| params.with(|params| params.get("act")).unwrap_or_default());
    move || match act.get().as_str() {
        "" => view! { <Chosen /> }.into_any(),
        "activity" => activity(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

fn activity() -> AnyView {
    let Some(me) = visit().me else { return view! { <NotFound /> }.into_any() };
    let resource = Some("organization".to_owned());
    view! {
        <ActivityPage
            name=me.organization.name
            asked=ListAuditTrail { resource, ..activity::about(me.organization.id) }
            kinds=&["organization"]
        />
    }
    .into_any()
}

#[component]
fn Chosen() -> impl IntoView {
    let organization = load(op::GetOrganization, &["organization"], Ask::all);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::organization_activity() label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
        </PageHeader>
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
    let days = now.api_call_days.unwrap_or_default();
    let past = now.history_days.unwrap_or_default();
    let demanded = now.second_factor_required.unwrap_or_default();
    let start = json!({
        "instance-recovery-hours": hours,
        "api-call-days": days,
        "history-days": past,
        "second-factor-required": demanded,
    });
    let users = load(op::ListUsers, &["user"], Ask::all);
    let retention = load(op::GetAuditRetention, &["organization"], Ask::all);
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
        <EditForm
            operation="update-organization"
            return_to=path::organization()
            if_match=Signal::stored(etag)
            done=t(text::SAVED)
            // Every page knows it.
            full_page=true
        >
            <div class="stack">
                <Card title=t(text::KEPT) lead=t(text::RECOVERY_LEAD)>
                    <div class="stack">
                        <Select
                            name="instance-recovery-hours"
                            label=t(text::RECOVERY_HOURS)
                            options=offered(&OFFERED, hours, spelled)
                            value=hours.to_string()
                            hint=t(text::RECOVERY_HINT)
                        />
                        <Select
                            name="api-call-days"
                            label=t(text::CALL_DAYS)
                            options=offered(&CALL_DAYS_OFFERED, days, spelled_days)
                            value=days.to_string()
                            hint=t(text::CALL_DAYS_HINT)
                        />
                        <Loaded
                            answer=retention
                            rows=2
                            view=|reply| view! { <Removals retention=reply.body /> }.into_any()
                        />
                        <Select
                            name="history-days"
                            label=t(text::HISTORY_DAYS)
                            options=offered(&HISTORY_DAYS_OFFERED, past, spelled_days)
                            value=past.to_string()
                            hint=t(text::HISTORY_DAYS_HINT)
                        />
                    </div>
                </Card>
                <Card title=t(text::SIGN_IN)>
                    <div class="stack">
                        <Check
                            name="second-factor-required"
                            label=t(text::SECOND_FACTOR)
                            hint=t(text::SECOND_FACTOR_HINT)
                            checked=demanded
                        />
                        <Loaded
                            answer=users
                            rows=1
                            view=|reply| view! { <Lacking users=reply.body.users /> }.into_any()
                        />
                        <div class="row"><Button label=t(common::SAVE).to_owned() kind=Kind::Primary /></div>
                    </div>
                </Card>
            </div>
        </EditForm>
        <FormCode operation="update-organization" start=start />
    }
    .into_any()
}

/// What is offered, with what is so now.
fn offered(values: &[i64], now: i64, spelled: fn(i64) -> String) -> Vec<Entry> {
    let mut all: Vec<_> = values.iter().copied().chain([now]).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|value| Entry::new(value.to_string(), spelled(value))).collect()
}

/// What shorter times would remove, before somebody chooses one.
#[component]
fn Removals(retention: AuditRetention) -> impl IntoView {
    let lines: Vec<_> = retention
        .would_remove
        .into_iter()
        .filter(|one| one.calls > 0)
        .map(|AuditRemoval { days, calls, more }| {
            let calls = format::integer(language(), calls);
            let said = if more { text::WOULD_REMOVE_MORE } else { text::WOULD_REMOVE };
            t_with(said, &[("time", &spelled_days(days)), ("count", &calls)])
        })
        .collect();
    match lines.is_empty() {
        true => view! { <p class="hint">{t(text::WOULD_REMOVE_NOTHING)}</p> }.into_any(),
        false => view! {
            <ul class="consequences">
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
        }
        .into_any(),
    }
}

/// Who would be asked to set it up.
#[component]
fn Lacking(users: Vec<User>) -> impl IntoView {
    let here = users.into_iter().filter(|user| !user.pending && !user.two_factor_authentication);
    let lacking: Vec<_> = here.map(|user| user.email).collect();
    let count = i64::try_from(lacking.len()).unwrap_or(i64::MAX);
    let mut who = lacking.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if lacking.len() > NAMED {
        who.push_str(", …");
    }
    let words = [("count", format::integer(language(), count)), ("who", who)];
    let words = words.each_ref().map(|(name, word)| (*name, word.as_str()));
    let said = match count {
        0 => t(text::ALL_HAVE_IT).to_owned(),
        1 => t_with(text::LACKING_ONE, &words),
        _ => t_with(text::LACKING, &words),
    };
    view! { <p class="hint break">{said}</p> }.into_any()
}

/// “30 days”, “not at all”
pub fn spelled_days(days: i64) -> String {
    match days {
        0 => t(text::NO_CALLS).to_owned(),
        1 => t(text::ONE_DAY).to_owned(),
        _ => t_with(text::DAYS, &[("count", &format::integer(language(), days))]),
    }
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
