//! The filters: a form that fills the address, and a chip for each filter that is on.

use super::{
    columns,
    question::{self, Filter, Question, address},
};
use crate::{
    load::{Ask, load},
    path,
    text::{Text, common, instances as text, lists, states, t, t_with},
    ui::{FilterText, IconView, icons},
};
use api::{PAGE_DEFAULT, op};
use domain::{instance::InstanceState, list::List};
use leptos::{ev, html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// States that people look for.
const STATES: [InstanceState; 6] = [
    InstanceState::Running,
    InstanceState::Starting,
    InstanceState::Stopping,
    InstanceState::Stopped,
    InstanceState::Error,
    InstanceState::Destroyed,
];

#[component]
pub fn Filters(question: Memo<Question>) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    let go = use_navigate();
    let apply = move || {
        let Some(asked) = form.get_untracked().and_then(|form| chosen(&form)) else { return false };
        let (to, go) = (address(&asked), go.clone());
        let options = NavigateOptions { scroll: false, ..Default::default() };
        // The key or choice is answered with a frame first: asking takes longer than that.
        request_animation_frame(move || set_timeout(move || go(&to, options), Duration::ZERO));
        true
    };
    let submit = apply.clone();
    let zones = load(op::ListZones, &[], Ask::all);
    let types = load(op::ListInstanceTypes, &[], Ask::all);
    let zone_names = move || {
        let zones = zones.get().and_then(Result::ok).map(|reply| reply.body.zones);
        zones.unwrap_or_default().into_iter().map(|zone| (zone.name.clone(), zone.name)).collect()
    };
    let type_names = move || {
        let types = types.get().and_then(Result::ok).map(|reply| reply.body.instance_types);
        types.unwrap_or_default().into_iter().map(|of| (of.name(), of.name())).collect()
    };
    let typed =
        move |get: fn(&Question) -> Option<String>| Signal::derive(move || question.with(get));
    let state_names = || {
        STATES.iter().map(|s| (s.as_str().to_owned(), t(states::instance(*s)).to_owned())).collect()
    };
    view! {
        <search class="filters" aria-label=t(text::FILTERS)>
            <form
                node_ref=form
                method="get"
                action=path::instances()
                on:submit=move |event| {
                    // What can't be read goes to the server, which says what is wrong with it.
                    if submit() {
                        event.prevent_default();
                    }
                }
                on:change=move |event: ev::Event| {
                    // Text waits for Enter; a choice is meant at once.
                    let target = event.target();
                    if target.is_some_and(|target| target.has_type::<web_sys::HtmlSelectElement>()) {
                        apply();
                    }
                }
            >
                <div class="search">
                    <IconView icon=icons::SEARCH />
                    <FilterText name="q" kind="search" label=t(text::SEARCH) placeholder=t(text::SEARCH) value=typed(|asked| asked.q.clone()) />
                </div>
                <Transition fallback=|| ()>
                    <Choices name="state" label=common::STATE options=state_names chosen=move || question.with(|asked| asked.state.map(|s| s.to_string())) />
                    <Choices name="zone" label=common::ZONE options=zone_names chosen=move || question.with(|asked| asked.zone.clone()) />
                    <Choices name="instance-type" label=text::TYPE options=type_names chosen=move || question.with(|asked| asked.instance_type.clone()) />
                </Transition>
                <div class="labels-filter">
                    <FilterText name="labels" kind="text" label=t(text::LABELS) placeholder=t(text::LABELS_EXAMPLE) value=typed(|asked| asked.labels.clone()) />
                </div>
                {move || question.with(|asked| asked.template_id).map(|id| view! { <input type="hidden" name="template-id" value=id.to_string() /> })}
                {move || question.with(|asked| asked.sort.clone()).map(|sort| view! { <input type="hidden" name="sort" value=sort /> })}
                {move || question.with(|asked| asked.limit).filter(|limit| *limit != PAGE_DEFAULT).map(|limit| view! { <input type="hidden" name="limit" value=limit.to_string() /> })}
                {move || question.with(|asked| asked.columns.as_deref().map(columns::write)).map(|cols| view! { <input type="hidden" name="cols" value=cols /> })}
                <button type="submit" class="button">{t(lists::APPLY)}</button>
                <a class="button" href=move || path::columns(List::Instances, &question.with(question::query))>{t(text::COLUMNS)}</a>
            </form>
            <Chips question=question />
        </search>
    }
    .into_any()
}

/// A choice among values and “any”.
#[component]
fn Choices(
    name: &'static str,
    label: Text,
    options: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
    chosen: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let any = t_with(lists::ANY, &[("what", t(label))]);
    view! {
        <select class="control select" name=name aria-label=t(label) prop:value=move || chosen().unwrap_or_default()>
            <option value="">{any}</option>
            {move || {
                options()
                    .into_iter()
                    .map(|(value, label)| {
                        let this = value.clone();
                        let selected = move || chosen().as_deref() == Some(this.as_str());
                        view! { <option value=value selected=selected>{label}</option> }
                    })
                    .collect_view()
            }}
        </select>
    }
    .into_any()
}

/// What is filtered by, each with a way to take it off.
#[component]
fn Chips(question: Memo<Question>) -> impl IntoView {
    move || {
        let asked = question.get();
        let filters = question::filters(&asked);
        (!filters.is_empty()).then(|| {
            let clear = address(&question::unfiltered(&asked));
            view! {
                <ul class="filter-chips" aria-label=t(lists::FILTERS_ON)>
                    {filters
                        .into_iter()
                        .map(|Filter { text, without }| view! {
                            <li>
                                <a class="filter-chip" href=without>
                                    <span class="sr-only">{t(lists::REMOVE_FILTER)}</span>
                                    {text}
                                    <IconView icon=icons::X />
                                </a>
                            </li>
                        })
                        .collect_view()}
                    <li><a class="filter-clear" href=clear>{t(common::CLEAR_FILTERS)}</a></li>
                </ul>
            }
        })
    }
}

/// What is chosen in the form, as the browser would send it.
fn chosen(form: &web_sys::HtmlFormElement) -> Option<Question> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    let names =
        ["q", "state", "zone", "instance-type", "labels", "template-id", "sort", "limit", "cols"];
    let values = names.map(|name| (name, data.get(name).as_string().unwrap_or_default()));
    question::read(values.iter().map(|(name, value)| (*name, value.as_str()))).ok()
}
