//! `/templates`: one's own and the public ones, by zone, visibility, family and name.

use super::question;
use crate::{
    as_code::as_code,
    load::{Ask, Asked, load},
    pages::address::Wrong,
    path,
    text::{Text, common, instance as words, lists, t, t_with, templates as text},
    ui::{
        Ago, Card, Cell, CodePanel, Column, Empty, Filter, Filters, LinkButton, LiveNote, Loaded,
        PageHeader, Row, SectionTitle, Table, icons,
    },
    visit::{language, visit},
};
use api::{ListTemplates, Template, Templates, op};
use domain::{
    format,
    template::{Visibility, disk_gib_needed},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

#[component]
pub fn List() -> impl IntoView {
    let query = use_query_map();
    let read = Memo::new(move |_| query.with(question::read));
    let asked = Memo::new(move |_| read.get().unwrap_or_default());
    let of = |visibility| {
        load(op::ListTemplates, &["template"], move || {
            Ask::with(ListTemplates { visibility: Some(visibility), ..asked.get() })
        })
    };
    let (own, public) = (of(Visibility::Private), of(Visibility::Public));
    let zones = load(op::ListZones, &[], Ask::all);
    let all = load(op::ListTemplates, &[], || Ask::with(ListTemplates::default()));
    let origin = visit().origin;
    let code = Signal::derive(move || as_code(&origin, "list-templates", &[], &asked.get(), &[]));
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
        </PageHeader>
        <Filters label=t(text::FILTERS) to=path::templates() filters=filters(asked, zones, all) />
        {move || match read.get() {
            Err(error) => view! { <Wrong error=error all=path::templates() /> }.into_any(),
            Ok(_) => view! { <Both asked=asked own=own public=public /> }.into_any(),
        }}
        <CodePanel code=code />
    }
    .into_any()
}

fn filters(
    asked: Memo<ListTemplates>,
    zones: Asked<api::Zones>,
    all: Asked<Templates>,
) -> Vec<Filter> {
    let value =
        move |get: fn(&ListTemplates) -> Option<String>| Signal::derive(move || asked.with(get));
    let zone_names = move || {
        let zones = zones.get().and_then(Result::ok).map(|reply| reply.body.zones);
        zones.unwrap_or_default().into_iter().map(|zone| (zone.name.clone(), zone.name)).collect()
    };
    let families = move || {
        let all = all.get().and_then(Result::ok).map(|reply| reply.body.templates);
        let mut names: Vec<_> =
            all.unwrap_or_default().into_iter().filter_map(|template| template.family).collect();
        names.sort();
        names.dedup();
        names.into_iter().map(|name| (name.clone(), name)).collect()
    };
    let visibilities = || {
        let entry = |of: Visibility, label| (of.to_string(), t(label).to_owned());
        vec![entry(Visibility::Private, text::OWN), entry(Visibility::Public, text::PUBLIC)]
    };
    vec![
        Filter::search("q", t(text::SEARCH), value(|asked| asked.q.clone())),
        Filter::choice(
            "visibility",
            t(text::VISIBILITY),
            visibilities,
            value(|asked| asked.visibility.map(|of| of.to_string())),
        ),
        Filter::choice("zone", t(common::ZONE), zone_names, value(|asked| asked.zone.clone())),
        Filter::choice("family", t(text::FAMILY), families, value(|asked| asked.family.clone())),
    ]
}

/// One's own and the public ones, or those that are asked for.
#[component]
fn Both(
    asked: Memo<ListTemplates>,
    own: Asked<Templates>,
    public: Asked<Templates>,
) -> impl IntoView {
    move || {
        let asked = asked.get();
        let filtered = question::is_filtered(&asked);
        let wanted = |of| asked.visibility.is_none_or(|only| only == of);
        let part = |of: Visibility, answer: Asked<Templates>| {
            wanted(of).then(|| view! { <Part of=of answer=answer filtered=filtered /> })
        };
        view! {
            {part(Visibility::Private, own)}
            {part(Visibility::Public, public)}
        }
    }
}

#[component]
fn Part(of: Visibility, answer: Asked<Templates>, filtered: bool) -> impl IntoView {
    let (title, lead) = match of {
        Visibility::Private => (text::OWN_TITLE, text::OWN_LEAD),
        Visibility::Public => (text::PUBLIC_TITLE, text::PUBLIC_LEAD),
    };
    view! {
        <SectionTitle title=t(title) lead=t(lead) />
        <Loaded
            answer=answer
            rows=3
            view=move |reply| match reply.body.templates.is_empty() {
                true => view! { <Nothing of=of filtered=filtered /> }.into_any(),
                false => view! { <Rows title=title templates=reply.body.templates /> }.into_any(),
            }
        />
    }
    .into_any()
}

#[component]
fn Nothing(of: Visibility, filtered: bool) -> impl IntoView {
    let (title, lead) = match (filtered, of) {
        (true, _) => (lists::NO_MATCH, lists::NO_MATCH_LEAD),
        (false, Visibility::Private) => (text::NO_OWN, text::NO_OWN_LEAD),
        (false, Visibility::Public) => (text::NO_PUBLIC, text::NO_PUBLIC_LEAD),
    };
    let (to, label) = match filtered {
        true => (path::templates(), common::CLEAR_FILTERS),
        false => (path::snapshots(), text::TO_SNAPSHOTS),
    };
    let helps = filtered || of == Visibility::Private;
    view! {
        <Card class="card-flat">
            <Empty icon=icons::LAYERS title=t(title) lead=t(lead)>
                {helps.then(|| view! { <LinkButton to=to label=t(label) /> })}
            </Empty>
        </Card>
    }
    .into_any()
}

#[component]
fn Rows(title: Text, templates: Vec<Template>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::FAMILY)).minor(),
        Column::text(t(common::ZONE)),
        Column::figures(t(text::DISK)),
        Column::text(t(text::USER)).minor(),
        Column::text(t(common::CREATED)).minor(),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(title) columns=columns>
            {templates.into_iter().map(|template| view! { <TemplateRow template=template /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn TemplateRow(template: Template) -> impl IntoView {
    let Template { id, name, description, family, version, zones, .. } = template;
    let none = || t(common::NONE).to_owned();
    let release = [family, version].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let release = if release.is_empty() { none() } else { release };
    let zone = zones.into_iter().next().unwrap_or_default();
    let gib = format::integer(language(), disk_gib_needed(template.size));
    let create = path::instance_create_from(&zone, id);
    let about = t_with(text::USE_OF, &[("name", &name)]);
    let user = template.default_user.unwrap_or_else(none);
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <a href=path::template(id)>{name}</a>
                {description.map(|text| view! { <span class="second break">{text}</span> })}
            </Cell>
            <Cell label=t(text::FAMILY) minor=true>{release}</Cell>
            <Cell label=t(common::ZONE)><span class="nowrap">{zone}</span></Cell>
            <Cell label=t(text::DISK) figures=true>{t_with(words::GIB, &[("size", &gib)])}</Cell>
            <Cell label=t(text::USER) minor=true>{user}</Cell>
            <Cell label=t(common::CREATED) minor=true><Ago at=template.created_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <LinkButton to=create label=t(text::USE) about=about small=true />
            </Cell>
        </Row>
    }
    .into_any()
}
