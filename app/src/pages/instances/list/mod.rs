//! The list of instances: what it adds up to, filters, rows, pages. The address holds all of it.

mod choice;
mod code;
pub mod columns;
mod empty;
mod filters;
pub mod question;
mod row;
mod table;
mod typed;

use crate::{
    load::{Ask, Asked, load},
    pages::{
        later::{Name, within},
        lists::ViewLinks,
        zones::{self, AwayZones},
    },
    path,
    text::{common, instances as text, past, t, t_with},
    ui::{
        ErrorPanel, Kind, LinkButton, LiveNote, Menu, PageHeader, icons, once_there, page_status,
    },
    visit::language,
};
use api::{
    ErrorBody, ErrorCode, Instance, Instances, InstancesSum, ListInstances, ListOperations, Reply,
    op,
};
use domain::{format, list::List, operation::OperationState};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use question::Question;

pub use code::Code;
use code::Listed;

/// Running operations that are asked for, to show how far rows are.
const OPERATIONS: i64 = 100;

#[component]
pub fn List() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let read =
            |query: &ParamsMap| question::read(query.latest_values().map(|(n, v)| (n.as_ref(), v)));
        // Chosen columns may be from before one was taken away.
        query.with(read).and_then(|question| columns::own().map(|_| question))
    });
    let question = Memo::new(move |_| asked.get().unwrap_or_default());
    let answer = load(op::ListInstances, &["instance"], move || {
        Ask::with(ListInstances { totals: Some(true), ..question.get().asked })
    });
    provide_context(Listed(Signal::derive(move || question.get().asked)));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=move || view! { <Sum answer=answer question=question /> }>
            <LiveNote />
            <LinkButton to=path::past_when("instance", None) label=t(past::TITLE) icon=icons::CLOCK />
            <Menu label=t(text::API).to_owned() icon=icons::CODE class="menu-button code-menu" right=true>
                {within(Name::InstancesCode)}
            </Menu>
            <LinkButton to=path::instance_create() label=t(text::CREATE) kind=Kind::Primary icon=icons::PLUS />
        </PageHeader>
        <AwayZones zones=zones::asked() only=Signal::derive(move || question.with(|asked| asked.zone.clone())) />
        <ViewLinks
            list=List::Instances
            here=Signal::derive(move || question.with(question::query))
        />
        <filters::Filters question=question />
        {move || match asked.get() {
            Ok(_) => view! { <Answer answer=answer question=question /> }.into_any(),
            Err(error) => view! { <Wrong error=error question=question /> }.into_any(),
        }}
    }
    .into_any()
}

/// “14 in all zones · 11 running · CHF 0.7021 per hour”
#[component]
fn Sum(answer: Asked<Instances>, question: Memo<Question>) -> impl IntoView {
    let sum = move |found: &InstancesSum| {
        let language = language();
        let total = found.total.unwrap_or_default();
        let filtered = question.with(|asked| !question::filters(asked).is_empty());
        let matching = if filtered { text::SUM_MATCHING } else { text::SUM_ALL };
        let mut parts = vec![
            t_with(matching, &[("count", &format::integer(language, total))]),
            t_with(
                text::SUM_RUNNING,
                &[("count", &format::integer(language, found.running.unwrap_or_default()))],
            ),
        ];
        if let Some(price) = found.price {
            parts.push(t_with(common::PER_HOUR, &[("amount", &super::cost::per_hour(price))]));
        }
        parts.join(" · ")
    };
    view! {
        <Transition fallback=|| t(common::LOADING)>
            {move || match answer.part() {
                Some(Ok(reply)) => sum(&reply.body),
                _ => String::new(),
            }}
        </Transition>
    }
    .into_any()
}

/// Rows, what stands in their place when there are none, or why they can't be shown.
#[component]
fn Answer(answer: Asked<Instances>, question: Memo<Question>) -> impl IntoView {
    let operations = load(op::ListOperations, &["operation"], || {
        let state = Some(OperationState::Pending);
        Ask::with(ListOperations { state, limit: Some(OPERATIONS), ..Default::default() })
    });
    let show = move || {
        view! { <Shown answer=answer operations=operations question=question /> }.into_any()
    };
    once_there(vec![answer.text(), operations.text()], 8, Box::new(show))
}

/// The last page that came, and why no newer one did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latest {
    page: Option<Reply<Instances>>,
    error: Option<ErrorBody>,
}

impl Latest {
    fn instances(&self) -> &[Instance] {
        self.page.as_ref().map_or(&[], |page| &page.body.instances)
    }
}

#[component]
fn Shown(
    answer: Asked<Instances>,
    operations: Asked<api::Operations>,
    question: Memo<Question>,
) -> impl IntoView {
    // Read once: it is most of what there is to do before the page is alive.
    let latest = Memo::new(move |before: Option<&Latest>| match answer.get() {
        Some(Ok(page)) => Latest { page: Some(page), error: None },
        other => Latest {
            page: before.and_then(|before| before.page.clone()),
            error: other.and_then(Result::err),
        },
    });
    let running = Signal::derive(move || match operations.get() {
        Some(Ok(reply)) => reply.body.operations,
        _ => Vec::new(),
    });
    let error = Memo::new(move |_| latest.with(|latest| latest.error.clone()));
    let any = Memo::new(move |_| {
        latest.with(|latest| latest.page.as_ref().map(|page| !page.body.instances.is_empty()))
    });
    move || match (error.get(), any.get()) {
        (Some(error), _) => view! { <Wrong error=error question=question /> }.into_any(),
        (None, Some(true)) => {
            view! { <table::Rows latest=latest operations=running question=question /> }.into_any()
        }
        (None, Some(false)) => view! { <empty::Nothing question=question /> }.into_any(),
        (None, None) => ().into_any(),
    }
}

/// Why the list can't be shown, and the way on.
#[component]
fn Wrong(error: ErrorBody, question: Memo<Question>) -> impl IntoView {
    if error.code == ErrorCode::Forbidden {
        page_status(error.code);
        return view! { <empty::Forbidden error=error /> }.into_any();
    }
    if error.code != ErrorCode::Invalid {
        return view! { <ErrorPanel error=error /> }.into_any();
    }
    page_status(error.code);
    let (on, to) = match error.fields.contains_key("cursor") {
        true => {
            let first =
                question.with_untracked(|asked| question::address(&question::first_page(asked)));
            (text::TO_FIRST_PAGE, first)
        }
        false if error.fields.contains_key("cols") => {
            (text::CHOOSE_COLUMNS, path::columns(List::Instances, ""))
        }
        false => (text::TO_ALL, path::instances()),
    };
    view! {
        <ErrorPanel error=error next=crate::text::lists::BAD_NEXT />
        <div class="row"><LinkButton to=to label=t(on) icon=icons::UNDO_2 /></div>
    }
    .into_any()
}
