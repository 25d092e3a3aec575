//! The page that asks before the same is done to many instances. It needs no scripts: the list sends
//! what is ticked, or the filter of all that match, in the address.

mod chosen;
mod which;

use super::recovery;
use crate::{
    as_code::as_code,
    load::{Ask, Asked, load, preview},
    pages::{
        address::Wrong,
        fate::{Fate, PriceChange},
    },
    path,
    text::{bulk as text, instance_acts, t, t_with},
    ui::{CodePanel, Confirm, Empty, Followed, LinkButton, PageHeader, icons},
    visit::{language, visit},
};
use api::{InstanceFilter, ListInstances, Preview, PreviewItems, op};
pub use chosen::listed;
use chosen::{Chosen, Which};
use domain::{bulk::BulkVerb, format};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Instances that are named before it is asked.
const NAMED: i64 = 50;

#[component]
pub fn Bulk() -> impl IntoView {
    let query = use_query_map();
    let chosen = Memo::new(move |_| {
        query.with(|query| Chosen::read(query.into_iter().map(|(n, v)| (n.as_ref(), v))))
    });
    move || match chosen.get() {
        Ok(Some(chosen)) => view! { <Question chosen=chosen /> }.into_any(),
        Ok(None) => view! { <Nobody /> }.into_any(),
        Err(error) => view! { <Wrong error=error all=path::instances() /> }.into_any(),
    }
}

#[component]
fn Nobody() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TITLE) />
        <section class="card">
            <Empty icon=icons::SERVER title=t(text::NONE_CHOSEN) lead=t(text::NONE_CHOSEN_NEXT)>
                <LinkButton to=path::instances() label=t(text::TO_LIST) icon=icons::UNDO_2 />
            </Empty>
        </section>
    }
    .into_any()
}

#[component]
fn Question(chosen: Chosen) -> impl IntoView {
    let (asked, looked_at) = (chosen.clone(), chosen.clone());
    let effect = preview(op::CreateBulkAction, &[], move || Ask::with(asked.request(None)));
    let first = load(op::ListInstances, &["instance"], move || Ask::with(looked_at.list(NAMED)));
    view! {
        <Followed
            answer=effect
            page=true
            also=first.text()
            view=move |latest| view! { <Asking chosen=chosen.clone() latest=latest first=first /> }.into_any()
        />
    }
    .into_any()
}

#[component]
fn Asking(
    chosen: Chosen,
    latest: Memo<api::Reply<Preview>>,
    first: Asked<api::Instances>,
) -> impl IntoView {
    // As it was when the question was asked: this many are done, or none.
    let effect = latest.get_untracked().body;
    let items = effect.items.unwrap_or(PreviewItems { total: 0, refused: 0 });
    let count = format::integer(language(), items.total);
    let act = t_with(text::act(chosen.action), &[("count", &count)]);
    let back = match &chosen.which {
        Which::These(_) => path::instances(),
        Which::AllThatMatch(filter) => path::instances_where(&ListInstances::from(filter.clone())),
    };
    let request = chosen.request(Some(items.total));
    let code = as_code(&visit().origin, "create-bulk-action", &[], &request, &[]);
    let deletes = chosen.action == BulkVerb::Delete;
    view! {
        <PageHeader
            title=act.clone()
        />
        <Confirm
            operation="create-bulk-action"
            path=Vec::new()
            act=act
            return_to=path::bulk_action("{reference}")
            cancel=back
            type_name=deletes.then(|| items.total.to_string())
        >
            <Fields request=request />
            <p>{t_with(text::lead(chosen.action), &[("hours", &recovery::hours_shown())])}</p>
            <Effect effect=effect deletes=deletes count=count.clone() />
            {(items.refused > 0).then(|| {
                let refused = format::integer(language(), items.refused);
                view! { <p class="why">{t_with(text::REFUSED, &[("refused", &refused), ("count", &count)])}</p> }
            })}
        </Confirm>
        {(chosen.action == BulkVerb::SoftDelete).then(|| view! { <ForGood /> })}
        <which::Which answer=first total=items.total verb=chosen.action />
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

/// The way to the question whether nothing of them is kept.
#[component]
fn ForGood() -> impl IntoView {
    let mut query = use_query_map().get_untracked();
    query.replace(chosen::ACT, BulkVerb::Delete.to_string());
    let to = path::instances_bulk_asking(&query.to_query_string());
    view! {
        <div class="row">
            <span class="muted">{t(instance_acts::NOT_KEPT)}</span>
            <LinkButton to=to label=t(text::DELETE) icon=icons::TRASH_2 />
        </div>
    }
    .into_any()
}

/// What the form sends besides what is typed.
#[component]
fn Fields(request: api::CreateBulkAction) -> impl IntoView {
    let mut fields = vec![
        ("action".to_owned(), request.action.to_string()),
        ("expected".to_owned(), request.expected.unwrap_or_default().to_string()),
    ];
    fields.extend(request.ids.into_iter().flatten().map(|id| ("ids[]".to_owned(), id.to_string())));
    if let Some(filter) = request.filter {
        fields.extend(filter_fields(filter));
    }
    hidden(fields)
}

/// A filter as the fields of a form; an empty one is a filter, too.
pub fn filter_fields(filter: InstanceFilter) -> Vec<(String, String)> {
    let mut fields = vec![("filter{}".to_owned(), String::new())];
    if let Ok(serde_json::Value::Object(parts)) = serde_json::to_value(filter) {
        let text = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let parts = parts.into_iter().filter(|(_, value)| !value.is_null());
        fields.extend(parts.map(|(name, value)| (format!("filter.{name}"), text(value))));
    }
    fields
}

/// What a form sends besides what is typed.
pub fn hidden(fields: Vec<(String, String)>) -> AnyView {
    let inputs = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    inputs.collect_view().into_any()
}

/// What it does to the bill, and what dies of it.
#[component]
fn Effect(effect: Preview, deletes: bool, count: String) -> impl IntoView {
    let Some(price) = effect.price else { return ().into_any() };
    if !deletes {
        return view! { <PriceChange before=price.before after=price.after /> }.into_any();
    }
    let dies = vec![
        (t_with(text::DISKS_DIE, &[("count", &count)]), Vec::new()),
        (t(text::SNAPSHOTS_DIE).to_owned(), Vec::new()),
        (t(text::ADDRESSES_DIE).to_owned(), Vec::new()),
    ];
    let stays = vec![t(instance_acts::TEMPLATES_STAY), t(instance_acts::KEYS_STAY)];
    let saved = price.before.nano_per_hour.0 - price.after.nano_per_hour.0;
    let saves = api::Price { nano_per_hour: domain::money::NanoPerHour(saved), ..price.before };
    view! { <Fate dies=dies stays=stays saves=Some(saves) /> }.into_any()
}
