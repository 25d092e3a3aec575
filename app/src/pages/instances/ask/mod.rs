//! The page that asks before something is done to an instance. It needs no scripts and has an
//! address; what can't be taken back names what dies and wants the name typed.

mod delete;
mod mild;
mod promote;
mod recover;
mod reset;
mod snapshot;

use crate::{
    as_code::{AsCode, as_code, instance_with},
    load::{Ask as Question, Asked as Answering, load},
    pages::NotFound,
    path,
    ui::{Followed, Loaded, PageHeader},
    visit::visit,
};
use api::{Instance, ListSnapshots, ListTemplates, Prices, Snapshot, Templates, op};
use domain::InstanceId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde_json::Value;

/// What a question is about.
#[derive(Clone)]
pub struct About {
    pub id: InstanceId,
    /// Follows what changes, so that a button that can't be pressed comes free by itself.
    pub instance: Memo<Instance>,
    pub prices: Prices,
    /// Those of the instance.
    pub snapshots: Vec<Snapshot>,
    /// The snapshot that the address names.
    pub snapshot: Option<Snapshot>,
    /// What a new disk can be made from. Asked for with the rest, since what is asked for while
    /// something else is shown is numbered differently in the browser.
    pub templates: Option<Answering<Templates>>,
}

impl About {
    /// The instance as it was when the question was asked.
    pub fn now(&self) -> Instance {
        self.instance.get_untracked()
    }
}

#[component]
pub fn Ask() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let parameter = move |name: &str| params.with(|params| params.get(name).unwrap_or_default());
    let asked = Memo::new(move |_| {
        let snapshot = query.with(|query| query.get("snapshot"));
        (parameter("id"), parameter("act"), snapshot)
    });
    move || {
        let (id, act, snapshot) = asked.get();
        view! { <Asked id=id act=act snapshot=snapshot /> }.into_any()
    }
}

#[component]
fn Asked(id: String, act: String, snapshot: Option<String>) -> impl IntoView {
    let Ok(id) = id.parse::<InstanceId>() else { return view! { <NotFound /> }.into_any() };
    let instance = load(op::GetInstance, &["instance"], move || Question::of("id", id.to_string()));
    let prices = load(op::ListPrices, &[], Question::all);
    let snapshots = load(op::ListSnapshots, &[], move || {
        Question::with(ListSnapshots { instance_id: Some(id), ..Default::default() })
    });
    let templates = (act == "reset")
        .then(|| load(op::ListTemplates, &[], || Question::with(ListTemplates::default())));
    view! {
        <Followed
            answer=instance
            page=true
            rows=3
            view=move |latest| {
                let instance = Memo::new(move |_| latest.with(|reply| reply.body.clone()));
                let (act, snapshot) = (act.clone(), snapshot.clone());
                view! {
                    <Loaded answer=prices rows=3 view=move |prices| {
                        let (act, snapshot) = (act.clone(), snapshot.clone());
                        view! {
                            <Loaded answer=snapshots rows=3 view=move |reply| {
                                let id = instance.with_untracked(|instance| instance.id);
                                let snapshots = reply.body.snapshots;
                                let named = |s: &&Snapshot| snapshot.as_deref() == Some(s.id.to_string().as_str());
                                let snapshot = snapshots.iter().find(named).cloned();
                                let prices = prices.body.clone();
                                question(&act, About { id, instance, prices, snapshots, snapshot, templates })
                            } />
                        }
                        .into_any()
                    } />
                }
                .into_any()
            }
        />
    }
    .into_any()
}

fn question(act: &str, about: About) -> AnyView {
    match act {
        "start" => view! { <mild::Start about=about /> }.into_any(),
        "stop" => view! { <mild::Stop about=about /> }.into_any(),
        "reboot" => view! { <mild::Reboot about=about /> }.into_any(),
        "reset-password" => view! { <mild::Password about=about /> }.into_any(),
        "delete" => view! { <delete::Delete about=about /> }.into_any(),
        "delete-for-good" => view! { <delete::ForGood about=about /> }.into_any(),
        "recover" => view! { <recover::Recover about=about /> }.into_any(),
        "reset" => view! { <reset::Reset about=about /> }.into_any(),
        "revert" => view! { <snapshot::Revert about=about /> }.into_any(),
        "delete-snapshot" => view! { <snapshot::Delete about=about /> }.into_any(),
        "promote" => view! { <promote::Promote about=about /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// The act as code, with what Terraform makes of the instance.
fn code(about: &About, operation: &str, params: &[(&str, &str)], input: &Value) -> AsCode {
    let now = about.now();
    let zone = now.zone.clone().unwrap_or_default();
    let code = as_code(&visit().origin, operation, params, input, &[("zone", &zone)]);
    match instance_with(&now, operation, input) {
        Some(lines) => code.with_terraform(lines),
        None => code,
    }
}

/// The question itself, below the way back.
#[component]
fn Head(about: About, #[prop(into)] title: String) -> impl IntoView {
    let (id, name) = (about.id, about.now().name);
    view! {
        <PageHeader title=title about=(path::instance(id), name) />
    }
    .into_any()
}
