//! `/bulk-actions/{id}`: how far it is, as it goes on.

use super::items::Items;
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::{
        NotFound,
        address::{self, Wrong},
        audit_trail::activity::{self, ActivityPage},
    },
    path,
    text::{audit_trail, bulk as text, common, t, t_with},
    ui::{
        Ago, Button, CodePanel, Followed, Form, Kind, LinkButton, LiveNote, Loaded, Meter,
        PageHeader, icons,
    },
    visit::{language, visit},
};
use api::{BulkAction, BulkCounts, ErrorBody, ListBulkItems, op};
use domain::{BulkActionId, bulk::BulkItemState, format};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

#[component]
pub fn Detail() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<BulkActionId>().ok()))
    });
    let act = Memo::new(move |_| params.with(|params| params.get("act")).unwrap_or_default());
    move || match (id.get(), act.get().as_str()) {
        (Some(id), "") => view! { <Shown id=id /> }.into_any(),
        (Some(id), "activity") => view! { <Activity id=id /> }.into_any(),
        _ => view! { <NotFound /> }.into_any(),
    }
}

/// Reads the address. What the list does not know is said, not passed over.
fn read(query: &ParamsMap) -> Result<ListBulkItems, ErrorBody> {
    let mut asked = ListBulkItems { limit: Some(api::PAGE_DEFAULT), ..Default::default() };
    address::read(query, |name, value| {
        match name {
            "cursor" => asked.cursor = Some(value.to_owned()),
            "state" => {
                let possible = BulkItemState::ALL.iter().map(|state| state.as_str());
                let wrong = |_| address::not_one_of(name, value, possible);
                asked.state = Some(value.parse().map_err(wrong)?);
            }
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(asked)
}

#[component]
fn Shown(id: BulkActionId) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(read));
    let filters = Memo::new(move |_| asked.get().unwrap_or_default());
    let wrong = move || {
        let error = asked.get().err()?;
        Some(view! { <Wrong error=error all=path::bulk_action(id) /> })
    };
    let answer = load(op::GetBulkAction, &["bulk-action", "operation"], move || {
        Ask::of("id", id.to_string())
    });
    view! {
        {wrong}
        <Followed
            answer=answer
            page=true
            rows=4
            view=move |latest| {
                let bulk = Memo::new(move |_| latest.with(|reply| reply.body.clone()));
                view! { <Bulk bulk=bulk filters=filters /> }.into_any()
            }
        />
    }
    .into_any()
}

#[component]
fn Activity(id: BulkActionId) -> impl IntoView {
    let bulk = load(op::GetBulkAction, &[], move || Ask::of("id", id.to_string()));
    let show = move |bulk: BulkAction| {
        view! {
            <ActivityPage
                name=title(&bulk)
                page=path::bulk_action(id)
                asked=activity::about(id)
                kinds=&["bulk-action", "operation"]
            />
        }
        .into_any()
    };
    view! { <Loaded answer=bulk page=true view=move |reply| show(reply.body) /> }.into_any()
}

/// What is asked, and of how many.
fn title(bulk: &BulkAction) -> String {
    let count = format::integer(language(), bulk.counts.total);
    t_with(text::act(bulk.action), &[("count", &count)])
}

#[component]
fn Bulk(bulk: Memo<BulkAction>, filters: Memo<ListBulkItems>) -> impl IntoView {
    let first = bulk.get_untracked();
    let id = first.id;
    let counts = Memo::new(move |_| bulk.with(|bulk| bulk.counts.clone()));
    let title = title(&first);
    let code = move |operation: &str| {
        let id = id.to_string();
        let code = as_code(&visit().origin, operation, &[("id", &id)], &api::Nothing {}, &[]);
        Signal::stored(code)
    };
    view! {
        <PageHeader
            title=title
            about=(path::bulk_actions(), t(text::ACTIONS).to_owned())
            lead=move || view! {
                {t_with(text::BY, &[("actor", &first.actor)])}" · "<Ago at=first.created_at />
            }
        >
            <LiveNote />
            <LinkButton to=path::bulk_action_activity(id) label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
        </PageHeader>
        <section class="card stack">
            {move || view! { <Progress counts=counts.get() /> }}
            <Acts id=id counts=counts />
        </section>
        <States id=id filters=filters counts=counts />
        <Items id=id filters=filters />
        <CodePanel code=code("get-bulk-action") />
        <CodePanel code=code("retry-bulk-action") act=t(common::RETRY) id="retry-code" />
        <CodePanel code=code("cancel-bulk-action") act=t(common::CANCEL) id="cancel-code" />
    }
    .into_any()
}

/// How many are over, and that nobody has to wait here.
#[component]
fn Progress(counts: BulkCounts) -> impl IntoView {
    let number = |n: i64| format::integer(language(), n);
    let over = counts.over();
    let figures =
        t_with(text::PROGRESS, &[("over", &number(over)), ("total", &number(counts.total))]);
    let label = t(if over < counts.total { text::GOING_ON } else { text::OVER });
    view! {
        <div role="status"><Meter label=label figures=figures used=over limit=counts.total plain=true /></div>
    }
    .into_any()
}

#[component]
fn Acts(id: BulkActionId, counts: Memo<BulkCounts>) -> impl IntoView {
    let number = |n: i64| format::integer(language(), n);
    let here = path::bulk_action(id);
    let act = move |operation: &'static str, label: String, done: &'static str| {
        let here = here.clone();
        view! {
            <Form operation=operation path=vec![("id", id.to_string())] return_to=here done=done>
                <Button label=label kind=Kind::Secondary />
            </Form>
        }
        .into_any()
    };
    // Made anew only when there is something else to say.
    let open = Memo::new(move |_| counts.with(|counts| (counts.failed, counts.queued)));
    move || {
        let (failed, queued) = open.get();
        let retry = (failed > 0).then(|| {
            let label = t_with(text::RETRY, &[("count", &number(failed))]);
            act("retry-bulk-action", label, t(text::RETRY_REQUESTED))
        });
        let cancel = (queued > 0).then(|| {
            let label = t_with(text::CANCEL, &[("count", &number(queued))]);
            act("cancel-bulk-action", label, t(text::CANCEL_REQUESTED))
        });
        view! { <div class="row">{retry}{cancel}</div> }.into_any()
    }
}

/// The states with their numbers; each has its address.
#[component]
fn States(
    id: BulkActionId,
    filters: Memo<ListBulkItems>,
    counts: Memo<BulkCounts>,
) -> impl IntoView {
    let all = std::iter::once(None).chain(BulkItemState::ALL.iter().copied().map(Some));
    let links = all.map(|state| {
        let label = t(state.map_or(text::ALL_STATES, text::item));
        let to = path::bulk_action_where(id, &ListBulkItems { state, ..Default::default() });
        let count = move || {
            let count = counts.with(|counts| of(counts, state));
            format::integer(language(), count)
        };
        let current = move || filters.with(|filters| filters.state == state).then_some("page");
        view! { <a href=to aria-current=current>{label}" "<span class="figures">{count}</span></a> }
    });
    view! { <nav class="tabs" aria-label=t(crate::text::common::STATE)>{links.collect_view()}</nav> }.into_any()
}

fn of(counts: &BulkCounts, state: Option<BulkItemState>) -> i64 {
    match state {
        None => counts.total,
        Some(BulkItemState::Queued) => counts.queued,
        Some(BulkItemState::Running) => counts.running,
        Some(BulkItemState::Done) => counts.done,
        Some(BulkItemState::Failed) => counts.failed,
        Some(BulkItemState::Cancelled) => counts.cancelled,
    }
}
