//! The first page: what runs, what it costs, what is going on.

use super::{
    operations::Line,
    quotas::quota_name,
    zones::{self, AwayZones},
};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{Text, common, home, t, t_with, users},
    ui::{
        Card, CodePanel, Empty, Icon, IconView, Kind, LinkButton, LiveNote, Loaded, Meter,
        PageHeader, icons,
    },
    visit::{language, visit},
};
use api::{ListInstances, ListOperations, Nothing, Quota, Summary, op};
use domain::{format, instance::InstanceState, quota::UNLIMITED};
use leptos::prelude::*;

/// How many operations are shown.
const OPERATIONS: i64 = 6;

#[component]
pub fn Home() -> impl IntoView {
    let summary = load(op::GetSummary, &["instance", "snapshot", "operation"], Ask::all);
    let quotas = load(op::ListQuotas, &["instance", "snapshot", "template", "api-key"], Ask::all);
    let recent = load(op::ListOperations, &["operation"], || {
        Ask::with(ListOperations { limit: Some(OPERATIONS), ..Default::default() })
    });
    let code = as_code(&visit().origin, "get-summary", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(home::TITLE).to_owned() lead=|| t(home::LEAD)>
            <LiveNote />
            {(!is_staff()).then(create)}
        </PageHeader>
        <AwayZones zones=zones::asked() />
        <Loaded answer=summary rows=2 view=|reply| view! { <Figures summary=reply.body /> }.into_any() />
        <div class="columns">
            <Card title=t(home::RECENT)>
                <Loaded
                    answer=recent
                    view=|reply| match reply.body.operations.is_empty() {
                        true => view! { <p class="hint">{t(crate::text::shell::TRAY_EMPTY)}</p> }.into_any(),
                        false => view! {
                            <ul class="lines">
                                {reply.body.operations.into_iter().map(|o| view! { <li><Line operation=o /></li> }).collect_view()}
                            </ul>
                            <p><a href=path::operations()>{t(home::ALL_OPERATIONS)}</a></p>
                        }
                        .into_any(),
                    }
                />
            </Card>
            <Card title=t(home::QUOTAS)>
                <Loaded
                    answer=quotas
                    view=|reply| view! {
                        <div class="stack">
                            {reply.body.quotas.into_iter().map(|q| view! { <QuotaMeter quota=q /> }).collect_view()}
                            <p><a href=path::quotas()>{t(home::ALL_QUOTAS)}</a></p>
                        </div>
                    }
                    .into_any()
                />
            </Card>
        </div>
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

fn is_staff() -> bool {
    visit().me.is_some_and(|me| me.staff)
}

fn create() -> impl IntoView {
    view! { <LinkButton to=path::instance_create() label=t(home::CREATE_INSTANCE) kind=Kind::Primary icon=icons::PLUS /> }
}

fn beginning() -> AnyView {
    view! { <Empty icon=icons::SERVER title=t(home::FIRST_TITLE) lead=t(home::FIRST_LEAD)>{create()}</Empty> }
        .into_any()
}

fn staff() -> AnyView {
    view! {
        <Empty icon=icons::USER_ROUND title=t(home::STAFF_TITLE) lead=t(home::STAFF_LEAD)>
            <LinkButton to=path::users() label=t(users::INVITE) kind=Kind::Primary icon=icons::USER_ROUND />
        </Empty>
    }
    .into_any()
}

/// The cards, or the way to the first instance.
#[component]
fn Figures(summary: Summary) -> impl IntoView {
    let language = language();
    let failing = summary.failed > 0;
    let number = |n| format::integer(language, n);
    let in_state =
        |state| path::instances_where(&ListInstances { state: Some(state), ..Default::default() });
    let hourly =
        format!("{}\u{a0}{}", summary.currency, format::per_hour(language, summary.nano_per_hour));
    let monthly =
        format::money(language, summary.currency, summary.nano_per_hour.minor_per_month());
    let first = (summary.instances == 0)
        .then(|| view! { <Card class="card-flat">{if is_staff() { staff() } else { beginning() }}</Card> });
    view! {
        {first}
        <div class="figures-grid">
            <Figure
                to=path::instances()
                icon=icons::SERVER
                title=home::INSTANCES
                figure=number(summary.instances)
                note=t_with(home::RUNNING, &[("count", &number(summary.running))])
            />
            <Figure
                to=path::instances()
                icon=icons::WALLET
                title=home::COST
                figure=hourly
                note=t_with(home::COST_MONTH, &[("amount", &monthly)])
            />
            <Figure
                to=in_state(InstanceState::Stopped)
                icon=icons::CIRCLE_STOP
                title=home::STOPPED
                figure=number(summary.stopped)
                note=t(home::STOPPED_HELP).to_owned()
            />
            {(summary.recoverable > 0).then(|| view! {
                <Figure
                    to=in_state(InstanceState::Destroyed)
                    icon=icons::TRASH_2
                    title=home::DELETED
                    figure=number(summary.recoverable)
                    note=t(home::DELETED_HELP).to_owned()
                />
            })}
            <Figure
                to=in_state(InstanceState::Error)
                icon=icons::TRIANGLE_ALERT
                title=home::FAILED
                figure=number(summary.failed)
                note=t(if summary.failed == 0 { home::FAILED_NONE } else { home::FAILED_SOME }).to_owned()
                alarming=failing
            />
            <Figure
                to=path::operations()
                icon=icons::ACTIVITY
                title=home::PENDING
                figure=number(summary.operations_pending)
                note=t(if summary.operations_pending == 0 { home::PENDING_NONE } else { home::PENDING_SOME }).to_owned()
            />
        </div>
    }
    .into_any()
}

/// A figure that is a link to what it counts.
#[component]
fn Figure(
    to: String,
    icon: Icon,
    title: Text,
    figure: String,
    note: String,
    #[prop(optional)] alarming: bool,
) -> impl IntoView {
    view! {
        <a class=if alarming { "figure figure-alarming" } else { "figure" } href=to>
            <span class="figure-title"><IconView icon=icon />{t(title)}</span>
            <span class="figure-number">{figure}</span>
            <span class="figure-note">{note}</span>
        </a>
    }
    .into_any()
}

#[component]
fn QuotaMeter(quota: Quota) -> impl IntoView {
    let language = language();
    let used = format::integer(language, quota.usage);
    let figures = match quota.limit {
        UNLIMITED => t_with(common::UNLIMITED, &[("used", &used)]),
        limit => t_with(
            common::USED_OF,
            &[("used", &used), ("limit", &format::integer(language, limit))],
        ),
    };
    view! { <Meter label=quota_name(&quota.resource) figures=figures used=quota.usage limit=quota.limit /> }
}
