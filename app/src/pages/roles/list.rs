//! `/roles`

use super::{kind, no_edit, no_policy_edit, users};
use crate::{
    as_code::as_code,
    load::{Ask, load},
    pages::policy::summary,
    path,
    text::{audit_trail, common, past, roles as text, t, t_count, t_with},
    ui::{
        Cell, Chip, CodePanel, Column, Kind, LinkButton, LiveNote, Loaded, Menu, MenuLink,
        PageHeader, Row, Table, icons,
    },
    visit::visit,
};
use api::{IamRole, Nothing, op};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let roles = load(op::ListIamRoles, &["iam-role", "api-key"], Ask::all);
    let code = as_code(&visit().origin, "list-iam-roles", &[], &Nothing {}, &[]);
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
            <LinkButton to=path::past_when("iam-role", None) label=t(past::TITLE) icon=icons::CLOCK />
            <LinkButton to=path::role_create() label=t(text::CREATE) kind=Kind::Primary icon=icons::PLUS />
        </PageHeader>
        <Loaded
            answer=roles
            page=true
            view=|reply| view! { <Roles roles=reply.body.iam_roles /> }.into_any()
        />
        <CodePanel code=code />
    }
    .into_any()
}

#[component]
fn Roles(roles: Vec<IamRole>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(text::KIND)),
        Column::text(t(text::ALLOWS)),
        Column::text(t(text::LABELS)).minor(),
        Column::text(t(text::USED_BY)),
        Column::actions(t(common::ACTIONS)),
    ];
    let count = t_count(text::COUNT_ONE, text::COUNT, roles.len());
    let own = roles.iter().any(|role| no_edit(role).is_none());
    view! {
        <Table caption=t(text::TITLE) columns=columns footer=view! { <span class="hint">{count}</span> }.into_any()>
            {roles.into_iter().map(|role| view! { <RoleRow role=role /> }).collect_view()}
        </Table>
        {(!own).then(|| view! { <p class="hint">{t(text::OWN_ONES_EMPTY)}</p> })}
    }
    .into_any()
}

#[component]
fn RoleRow(role: IamRole) -> impl IntoView {
    let allows = role.policy.as_ref().map(summary);
    let used_by = users::named(role.used_by.unwrap_or_default());
    let used_by = used_by.unwrap_or_else(|| t(text::NOBODY).to_owned());
    let labels = role.labels.clone().unwrap_or_default();
    let (name, said, kind) = (role.name.clone(), role.description.clone(), t(kind(&role)));
    let to = path::role(role.id);
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>
                <span class="two-lines">
                    <a class="break" href=to>{name}</a>
                    {said.map(|said| view! { <span class="hint break">{said}</span> })}
                </span>
            </Cell>
            <Cell label=t(text::KIND)>{kind}</Cell>
            <Cell label=t(text::ALLOWS)><span class="break">{allows}</span></Cell>
            <Cell label=t(text::LABELS) minor=true>
                <span class="row">
                    {labels.into_iter().map(|(key, value)| view! { <Chip>{format!("{key}={value}")}</Chip> }).collect_view()}
                </span>
            </Cell>
            <Cell label=t(text::USED_BY)>{used_by}</Cell>
            <Cell label=t(common::ACTIONS) actions=true><Actions role=role /></Cell>
        </Row>
    }
    .into_any()
}

#[component]
fn Actions(role: IamRole) -> impl IntoView {
    let because = |why: Option<crate::text::Text>| why.map(|why| t(why).to_owned());
    let (id, label) = (role.id, t_with(text::ACTIONS_OF, &[("name", &role.name)]));
    view! {
        <Menu label=label icon=icons::ELLIPSIS icon_only=true right=true>
            <MenuLink to=path::role_act(id, "policy") label=t(text::EDIT_POLICY) icon=icons::PENCIL reason=because(no_policy_edit(&role)) />
            <MenuLink to=path::role_act(id, "edit") label=t(text::EDIT) icon=icons::SETTINGS reason=because(no_edit(&role)) />
            <MenuLink to=path::role_create_from(id) label=t(text::DUPLICATE) icon=icons::COPY />
            <MenuLink to=path::role_act(id, "activity") label=t(audit_trail::ACTIVITY) icon=icons::ACTIVITY />
            <MenuLink to=path::role_act(id, "delete") label=t(text::DELETE) icon=icons::TRASH_2 danger=true reason=users::no_delete(&role) />
        </Menu>
    }
    .into_any()
}
