//! `/search`: what the palette finds, as links. It needs no scripts.

use super::{
    acts, found,
    typed::{self, Typed},
};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::address::{self, Wrong},
    path,
    shell::navigation,
    text::{instances, keys, search as text, t, t_with},
    ui::{
        Card, CodePanel, Empty, Filter, Filters, IconView, LinkButton, Loaded, Menu, PageHeader,
        icons,
    },
    visit::visit,
};
use api::{ErrorBody, SearchHit, SearchResources, SearchResults, op};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// What may change while finds are shown.
const KINDS: &[&str] = &["instance", "snapshot", "operation", "ssh-key", "template", "api-key"];

fn read(query: &ParamsMap) -> Result<String, ErrorBody> {
    let mut q = String::new();
    address::read(query, |name, value| {
        match name {
            "q" => q = value.to_owned(),
            _ => return Err(address::unknown(name)),
        }
        Ok(())
    })?;
    Ok(q)
}

#[component]
pub fn Search() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let results = load(op::SearchResources, KINDS, move || {
        let q = Some(typed::read(&asked.get()).q).filter(|q| !q.is_empty());
        Ask::with(SearchResources { q, limit: None })
    });
    let origin = visit().origin;
    let code = Signal::derive(move || {
        let input = SearchResources { q: Some(typed::read(&asked.get()).q), limit: None };
        as_code(&origin, "search-resources", &[], &input, &[])
    });
    let value = Signal::derive(move || Some(asked.get()).filter(|q| !q.is_empty()));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LinkButton to=path::keyboard() label=t(keys::TITLE) icon=icons::KEYBOARD />
        </PageHeader>
        <Filters label=t(text::TITLE) to=path::search() filters=vec![Filter::search("q", t(text::FIELD), value)] />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::search() /> }.into_any(),
            Ok(text) => view! {
                <Loaded
                    answer=results
                    page=true
                    view=move |reply| view! { <Results text=text.clone() results=reply.body /> }.into_any()
                />
            }
            .into_any(),
        }}
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Results(text: String, results: SearchResults) -> impl IntoView {
    let typed = typed::read(&text);
    let pages = pages(&text);
    let SearchResults { hits, more, .. } = results;
    let none = hits.is_empty() && (pages.is_empty() || typed.q.is_empty());
    view! {
        {none.then(|| view! { <Nothing asked=!typed.q.is_empty() /> })}
        {(!hits.is_empty()).then(|| view! {
            <Card title=t(text::RESOURCES)>
                <ul class="lines">
                    {hits.into_iter().map(|hit| view! { <Hit hit=hit typed=typed.clone() /> }).collect_view()}
                </ul>
                {more.then(|| view! { <p class="hint">{t(text::MORE)}</p> })}
            </Card>
        })}
        {(!pages.is_empty()).then(|| view! { <Card title=t(text::PAGES)><ul class="lines">{pages}</ul></Card> })}
    }
    .into_any()
}

/// The pages that a text can mean; all where there is none.
fn pages(text: &str) -> Vec<AnyView> {
    let wanted = text.to_lowercase();
    let all = navigation::groups().into_iter().flat_map(|(_, links)| links);
    let line = |of: navigation::Destination| {
        view! {
            <li><a class="menu-item" href=of.to><IconView icon=of.icon />{t(of.label)}</a></li>
        }
    };
    all.filter(|of| t(of.label).to_lowercase().contains(&wanted))
        .map(|of| line(of).into_any())
        .collect()
}

/// One find: what was asked to be done with it first, then itself and all that can be done.
#[component]
fn Hit(hit: SearchHit, typed: Typed) -> impl IntoView {
    let name = found::name(&hit);
    let named = acts::of(&hit).filter(|act| typed.acts.contains(act));
    let first = named.map(|act| view! {
        <a class="button button-small" href=act.to(&hit)><IconView icon=act.icon />{act.says(&hit)}</a>
    });
    let first = first.collect_view();
    let all: Vec<_> = acts::of(&hit)
        .map(|act| view! { <a class="menu-item" href=act.to(&hit)><IconView icon=act.icon />{act.says(&hit)}</a> })
        .collect();
    view! {
        <li class="line">
            <span class="row">
                <IconView icon=found::icon(hit.kind) />
                <span class="two-lines">
                    <a href=found::to(&hit)>{name.clone()}</a>
                    <span class="hint">{found::hint(&hit)}</span>
                </span>
            </span>
            <span class="row">
                {first}
                {(!all.is_empty()).then(|| view! {
                    <Menu label=t_with(instances::ACTIONS_OF, &[("name", &name)]) icon=icons::ELLIPSIS icon_only=true right=true>
                        {all}
                    </Menu>
                })}
            </span>
        </li>
    }
    .into_any()
}

#[component]
fn Nothing(asked: bool) -> impl IntoView {
    let (title, lead) = match asked {
        false => (text::START_HERE, text::START_HERE_LEAD),
        true => (text::NOTHING, text::NOTHING_LEAD),
    };
    view! {
        <section class="card"><Empty icon=icons::SEARCH title=t(title) lead=t(lead) /></section>
    }
    .into_any()
}
