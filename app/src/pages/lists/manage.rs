//! All saved views of a list.

use super::{counted, title};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    path,
    text::{audit_trail, common, saved_views as text, t, t_with},
    ui::{
        Card, Cell, Chip, CodePanel, Column, Empty, LinkButton, Loaded, PageHeader, Row, Table,
        icons,
    },
    visit::visit,
};
use api::{ListSavedViews, SavedView, op};
use domain::list::List;
use leptos::prelude::*;

#[component]
pub fn Manage(list: List) -> impl IntoView {
    let views = load(op::ListSavedViews, &["saved-view"], move || {
        Ask::with(ListSavedViews { list: Some(list), counts: Some(true) })
    });
    let name = title(list);
    let asked = ListSavedViews { list: Some(list), counts: Some(true) };
    let code = as_code(&visit().origin, "list-saved-views", &[], &asked, &[]);
    view! {
        <PageHeader
            title=t(text::VIEWS).to_owned()
            lead=move || t_with(text::VIEWS_LEAD, &[("list", name)])
        />
        <Loaded
            answer=views
            page=true
            view=move |reply| match reply.body.saved_views.is_empty() {
                true => view! {
                    <Card>
                        <Empty icon=icons::SEARCH title=t(text::EMPTY) lead=t(text::EMPTY_LEAD)>
                            <LinkButton to=path::list(list) label=t(text::TO_LIST) />
                        </Empty>
                    </Card>
                }
                .into_any(),
                false => view! { <Views list=list views=reply.body.saved_views /> }.into_any(),
            }
        />
        <CodePanel code=Signal::stored(code) />
    }
    .into_any()
}

#[component]
fn Views(list: List, views: Vec<SavedView>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::QUERY)),
        Column::figures(t(text::MATCHES)),
        Column::text(t(text::WHO)),
        Column::text(t(text::MADE_BY)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::VIEWS) columns=columns>
            {views.into_iter().map(|found| view! { <ViewRow list=list found=found /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn ViewRow(list: List, found: SavedView) -> impl IntoView {
    let question = match found.query.as_str() {
        "" => t(text::QUERY_NONE).into_any(),
        // Read as people wrote it.
        query => {
            let plain = api::decode(query).unwrap_or_else(|| query.to_owned());
            view! { <code>{plain}</code> }.into_any()
        }
    };
    let matches = match found.problem {
        Some(_) => view! { <Chip>{t(text::BROKEN)}</Chip> }.into_any(),
        None => found.count.map(counted).into_any(),
    };
    let name = found.name.clone();
    let who = if found.shared { text::WHO_ALL } else { text::WHO_ME };
    let by = found.made_by.unwrap_or_else(|| t(common::NONE).to_owned());
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <a href=path::list_asking(list, &found.query)>{name}</a>
            </Cell>
            <Cell label=t(text::QUERY)>{question}</Cell>
            <Cell label=t(text::MATCHES) figures=true>{matches}</Cell>
            <Cell label=t(text::WHO)>{t(who)}</Cell>
            <Cell label=t(text::MADE_BY)>{by}</Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::audit_trail_of(found.id) label=t(audit_trail::ACTIVITY) about=found.name.clone() small=true />
                    <LinkButton to=path::view(list, found.id) label=t(text::EDIT) about=found.name.clone() small=true />
                    <LinkButton to=path::view_delete(list, found.id) label=t(text::DELETE) about=found.name small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}
