//! Lists and single things as they were.

use super::{
    kinds::{KINDS, Kind, id_of, items, name_of},
    parts,
    question::{Asked, read, typed},
};
use crate::{
    as_code::as_code,
    load::load_as_of,
    pages::address::Wrong,
    path,
    text::{common, lists, past as text, t, t_with},
    ui::{
        Button, Card, Cell, CodePanel, Column, Empty, Entry, Field, Kind as Importance, LinkButton,
        Loaded, Notice, PageHeader, Pagination, Row, Select, Table, Tone, icons,
    },
    visit::{language, visit},
};
use domain::{Timestamp, format};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::Value;
use std::time::Duration;

/// What is offered before anything was chosen.
const AGO: Duration = Duration::from_secs(3_600);

#[component]
pub fn Was() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(read));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD) />
        {parts()}
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::past() /> }.into_any(),
            Ok(asked) => view! { <Answered asked=asked /> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Answered(asked: Asked) -> impl IntoView {
    let kind = asked.kind();
    let code = kind.question(asked.id.as_deref()).map(|mut question| {
        question.query.extend(asked.at.map(|at| (api::AT.to_owned(), at.to_string().into())));
        let params: Vec<_> = question.params.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let query = Value::Object(question.query);
        as_code(&visit().origin, question.endpoint.operation, &params, &query, &[])
    });
    let shown = match asked.at {
        Some(at) => view! { <Shown asked=asked.clone() at=at /> }.into_any(),
        None => view! {
            <Card><Empty icon=icons::CLOCK title=t(text::START) lead=t(text::START_NEXT) /></Card>
        }
        .into_any(),
    };
    view! {
        <Question asked=asked />
        {shown}
        <CodePanel code=Signal::stored(code.unwrap_or_default()) />
    }
    .into_any()
}

#[component]
fn Question(asked: Asked) -> impl IntoView {
    let at = asked.at.unwrap_or_else(|| visit().now.minus(AGO));
    let kinds: Vec<_> = KINDS.iter().map(|kind| Entry::new(kind.name, t(kind.title))).collect();
    view! {
        <Card title=t(text::QUESTION)>
            <form method="get" action=path::past() class="stack">
                {match asked.id.clone() {
                    None => view! { <Select name="kind" label=t(text::KIND) options=kinds value=asked.kind().name /> }.into_any(),
                    Some(id) => view! {
                        <p>{t(asked.kind().title)}" · "<code class="break">{id.clone()}</code></p>
                        <input type="hidden" name="kind" value=asked.kind().name />
                        <input type="hidden" name="id" value=id />
                    }
                    .into_any(),
                }}
                <Field name="at" kind="datetime-local" label=t(text::AT) value=typed(at) required=true />
                <div class="row"><Button label=t(text::SHOW).to_owned() kind=Importance::Primary /></div>
            </form>
        </Card>
    }
    .into_any()
}

#[component]
fn Shown(asked: Asked, at: Timestamp) -> impl IntoView {
    let kind = asked.kind();
    let Some(mut question) = kind.question(asked.id.as_deref()) else { return ().into_any() };
    question.query.insert(api::AT.to_owned(), at.to_string().into());
    if let Some(cursor) = asked.cursor.clone().filter(|_| question.params.is_empty()) {
        question.query.insert("cursor".to_owned(), cursor.into());
    }
    let (params, query) = (question.params, Value::Object(question.query));
    let answer = load_as_of(question.endpoint, move || (params.clone(), query.clone()));
    let words = [("kind", t(kind.title)), ("time", &*format::date_time(language(), at))];
    let banner = t_with(text::BANNER, &words);
    let of_one = asked.id.is_some();
    view! {
        <Notice tone=Tone::Warn>
            <p>{banner}</p>
            <div class="row">
                <LinkButton to=(kind.now)() label=t(text::TO_NOW) small=true />
                <LinkButton to=path::past_changes(at, kind.name) label=t(text::SINCE_THEN) small=true />
                {of_one.then(|| view! { <LinkButton to=path::past_of(kind.name, at, None) label=t(text::ALL_THEN) small=true /> })}
            </div>
        </Notice>
        <Loaded
            answer=answer
            view=move |reply| {
                let asked = asked.clone();
                match asked.id.as_deref() {
                    Some(id) => view! { <One thing=kind.one(reply.body, id) /> }.into_any(),
                    None => view! { <All kind=kind at=at answer=reply.body asked=asked next=reply.next /> }.into_any(),
                }
            }
        />
    }
    .into_any()
}

#[component]
fn All(
    kind: &'static Kind,
    at: Timestamp,
    answer: Value,
    asked: Asked,
    next: Option<String>,
) -> impl IntoView {
    let things = items(&answer);
    if things.is_empty() {
        return view! {
            <Card><Empty icon=icons::CLOCK title=t(text::NOTHING) lead=t(text::NOTHING_NEXT) /></Card>
        }
        .into_any();
    }
    let count = format::integer(language(), i64::try_from(things.len()).unwrap_or(i64::MAX));
    let first = asked.cursor.is_some().then(|| path::past_of(kind.name, at, None));
    let next = next.map(|cursor| path::past_page(kind.name, at, &cursor));
    let summary = t_with(text::SHOWN, &[("count", &count)]);
    let pages = view! { <Pagination summary=summary first=first next=next /> }.into_any();
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::ESSENCE)),
        Column::text(t(common::CREATED)),
    ];
    view! {
        <Table caption=t(kind.title) columns=columns footer=pages>
            {things.iter().map(|thing| {
                let to = path::past_of(kind.name, at, id_of(thing));
                let name = name_of(thing).unwrap_or_default().to_owned();
                let essence = kind.essence(thing).filter(|text| !text.is_empty());
                let created = thing["created-at"].as_str().and_then(Timestamp::parse);
                view! {
                    <Row>
                        <Cell label=t(common::NAME) main=true><a class="break" href=to>{name}</a></Cell>
                        <Cell label=t(text::ESSENCE)><span class="break">{essence.unwrap_or_else(|| t(common::NONE).to_owned())}</span></Cell>
                        <Cell label=t(common::CREATED)>
                            {created.map_or_else(|| t(common::NONE).to_owned(), |at| format::date_time(language(), at))}
                        </Cell>
                    </Row>
                }
            }).collect_view()}
        </Table>
    }
    .into_any()
}

/// Every field, as the API answered it.
#[component]
fn One(thing: Option<Value>) -> impl IntoView {
    let Some(Value::Object(fields)) = thing else {
        return view! {
            <Card><Empty icon=icons::CLOCK title=t(lists::NO_MATCH) lead=t(text::NOTHING_NEXT) /></Card>
        }
        .into_any();
    };
    let columns = vec![Column::text(t(text::FIELD)), Column::text(t(text::VALUE))];
    view! {
        <Table caption=t(text::TITLE) columns=columns>
            {fields.into_iter().map(|(name, value)| {
                let value = match value {
                    Value::String(text) => view! { <span class="break">{text}</span> }.into_any(),
                    // In one piece that may break anywhere: on a phone it stands beside its name.
                    other => view! { <code class="break">{other.to_string()}</code> }.into_any(),
                };
                view! {
                    <Row>
                        <Cell label=t(text::FIELD) main=true><code>{name}</code></Cell>
                        <Cell label=t(text::VALUE)>{value}</Cell>
                    </Row>
                }
            }).collect_view()}
        </Table>
    }
    .into_any()
}
