//! No rows: nothing yet, nothing that matches, nothing in this zone, not allowed.

use super::question::{self, Question, address};
use crate::{
    load::{Ask, load},
    path,
    text::{common, instances as text, t, t_with},
    ui::{Card, Empty, ErrorText, Kind, LinkButton, icons},
    visit::visit,
};
use api::{ErrorBody, ListInstances, op};
use leptos::prelude::*;

#[component]
pub fn Nothing(question: Memo<Question>) -> impl IntoView {
    move || {
        let asked = question.get();
        let filters = question::filters(&asked);
        view! {
            <Card>
                {match (filters.as_slice(), &asked.zone, &asked.cursor) {
                    ([], _, None) => view! { <Yet /> }.into_any(),
                    ([_], Some(zone), None) => view! { <Zone zone=zone.clone() /> }.into_any(),
                    _ => view! { <Matching asked=asked /> }.into_any(),
                }}
            </Card>
        }
    }
}

#[component]
fn Yet() -> impl IntoView {
    view! {
        <Empty icon=icons::SERVER title=t(text::EMPTY_TITLE) lead=t(text::EMPTY_LEAD)>
            <LinkButton to=path::instance_create() label=t(text::CREATE) kind=Kind::Primary icon=icons::PLUS />
            <a class="button" href=path::reference() rel="external">{t(crate::text::shell::API_REFERENCE)}</a>
        </Empty>
    }
    .into_any()
}

#[component]
fn Matching(asked: Question) -> impl IntoView {
    let clear = address(&question::unfiltered(&asked));
    view! {
        <Empty icon=icons::SEARCH title=t(text::NO_MATCH_TITLE) lead=t(text::NO_MATCH_LEAD)>
            <LinkButton to=clear label=t(common::CLEAR_FILTERS) icon=icons::X />
        </Empty>
    }
    .into_any()
}

/// None in this zone; there are others.
#[component]
fn Zone(zone: String) -> impl IntoView {
    let zones = load(op::ListZones, &[], Ask::all);
    let here = zone.clone();
    view! {
        <Empty icon=icons::MAP_PIN title=t(text::NO_ZONE_TITLE) lead=t_with(text::NO_ZONE_LEAD, &[("zone", &zone)])>
            <Transition fallback=|| ()>
                {move || {
                    let others = zones.get().and_then(Result::ok).map(|reply| reply.body.zones).unwrap_or_default();
                    others
                        .into_iter()
                        .filter(|zone| zone.name != here)
                        .map(|zone| {
                            let asked = ListInstances { zone: Some(zone.name.clone()), ..Default::default() };
                            view! { <a class="button" href=path::instances_where(&asked)>{zone.name}</a> }
                        })
                        .collect_view()
                }}
            </Transition>
            <LinkButton to=path::instances() label=t(text::ALL_ZONES) />
            <LinkButton to=path::instance_create() label=t(text::CREATE) kind=Kind::Primary icon=icons::PLUS />
        </Empty>
    }
    .into_any()
}

/// The role does not permit it.
#[component]
pub fn Forbidden(error: ErrorBody) -> impl IntoView {
    let role = visit().me.map(|me| me.role.name).unwrap_or_default();
    view! {
        <Card>
            <Empty icon=icons::LOCK title=t(text::FORBIDDEN_TITLE) lead=t_with(text::FORBIDDEN_LEAD, &[("role", &role)])>
                <div class="stack-small"><ErrorText error=error /></div>
            </Empty>
        </Card>
    }
    .into_any()
}
