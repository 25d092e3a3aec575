//! One instance: its header, and its tabs, each an address of its own.

mod activity;
mod code;
mod connect;
mod header;
mod kept;
mod overview;
mod settings;
mod snapshots;

use crate::{
    as_code::as_code,
    load::{Ask, Asked, load},
    pages::{
        NotFound,
        audit_trail::activity::{about, code},
        zones::{self, AwayZones},
    },
    path,
    text::{audit_trail, instance as text, t},
    ui::{CodePanel, Followed, Tab, Tabs},
    visit::visit,
};
use api::{Instance, ListOperations, OperationDetail, Operations, Reply, Zones, op};
use domain::InstanceId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde_json::json;

/// Operations that are asked for.
const OPERATIONS: i64 = 25;

/// What every tab is given.
#[derive(Clone, Copy)]
pub struct Seen {
    pub id: InstanceId,
    /// With the version that was read.
    pub latest: Memo<Reply<Instance>>,
    pub instance: Memo<Instance>,
    pub operations: Asked<Operations>,
    pub zones: Asked<Zones>,
}

impl Seen {
    /// What is known of its operations.
    pub fn operations(self) -> Signal<Vec<OperationDetail>> {
        Signal::derive(move || match self.operations.get() {
            Some(Ok(reply)) => reply.body.operations,
            _ => Vec::new(),
        })
    }
}

#[component]
pub fn Detail() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    move || view! { <Whole id=id.get() /> }.into_any()
}

#[component]
fn Whole(id: String) -> impl IntoView {
    let Ok(id) = id.parse::<InstanceId>() else { return view! { <NotFound /> }.into_any() };
    let answer =
        load(op::GetInstance, &["instance", "snapshot"], move || Ask::of("id", id.to_string()));
    let operations = load(op::ListOperations, &["operation", "instance"], move || {
        Ask::with(ListOperations {
            subject_id: Some(id.0),
            limit: Some(OPERATIONS),
            ..Default::default()
        })
    });
    let zones = zones::asked();
    view! {
        <Followed
            answer=answer
            page=true
            also=operations.text()
            view=move |latest| {
                let instance = Memo::new(move |_| latest.with(|reply| reply.body.clone()));
                let id = instance.with_untracked(|instance| instance.id);
                let seen = Seen { id, latest, instance, operations, zones };
                view! { <Shown seen=seen /> }.into_any()
            }
        />
    }
    .into_any()
}

#[component]
fn Shown(seen: Seen) -> impl IntoView {
    let params = use_params_map();
    let tab = Memo::new(move |_| params.with(|params| params.get("tab").unwrap_or_default()));
    let entry = |tab: &str, label| Tab { to: path::instance_tab(seen.id, tab), label: t(label) };
    let tabs = vec![
        entry("", text::OVERVIEW),
        entry("connect", text::CONNECT),
        entry("snapshots", text::SNAPSHOTS),
        entry("activity", audit_trail::ACTIVITY),
        entry("code", text::CODE),
        entry("settings", text::SETTINGS),
    ];
    view! {
        <header::Header seen=seen />
        <kept::Kept seen=seen />
        <AwayZones zones=seen.zones only=Signal::derive(move || seen.instance.with(|instance| instance.zone.clone())) />
        <Tabs label=t(text::TABS) tabs=tabs />
        {move || match tab.get().as_str() {
            "" => view! { <overview::Overview seen=seen /> }.into_any(),
            "connect" => view! { <connect::Connect seen=seen /> }.into_any(),
            "snapshots" => view! { <snapshots::Snapshots seen=seen /> }.into_any(),
            "activity" => view! { <activity::Activity seen=seen /> }.into_any(),
            "code" => view! { <code::Code seen=seen /> }.into_any(),
            "settings" => view! { <settings::Settings seen=seen /> }.into_any(),
            _ => view! { <NotFound /> }.into_any(),
        }}
        {move || view! { <TabCode seen=seen tab=tab.get() /> }}
        {move || (tab.get() == "activity").then(|| view! {
            <CodePanel code=code(&about(seen.id)) act=t(audit_trail::TO_IT) id="activity-code" />
        })}
    }
    .into_any()
}

/// What a tab reads or does, as code; the tab for code and the forms of the settings have their own.
#[component]
fn TabCode(seen: Seen, tab: String) -> impl IntoView {
    let (operation, input) = match tab.as_str() {
        "" => ("get-instance", json!({})),
        "connect" => ("reveal-instance-password", json!({})),
        "snapshots" => ("create-snapshot", json!({})),
        "activity" => ("list-operations", json!({ "subject-id": seen.id })),
        _ => return ().into_any(),
    };
    let id = seen.id.to_string();
    let of_it = [("id", id.as_str())];
    let params = if operation == "list-operations" { &[] } else { of_it.as_slice() };
    let zone = seen.instance.with_untracked(|i| i.zone.clone().unwrap_or_default());
    let code = as_code(&visit().origin, operation, params, &input, &[("zone", &zone)]);
    view! { <CodePanel code=Signal::stored(code) /> }.into_any()
}
