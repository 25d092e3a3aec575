//! Operations, one by one.

use crate::{
    path,
    text::{Text, common, permissions as text, t, t_with},
    ui::{Ago, Cell, Column, LinkButton, Row, Table, Tone, ToneChip},
    visit::language,
};
use api::{IamPermission, IamPermissionGrant, IamPermissionRule};
use domain::{RoleId, Timestamp, format};
use leptos::prelude::*;

#[component]
pub fn Rows(shown: Vec<IamPermission>, since: Timestamp, role: RoleId) -> impl IntoView {
    let columns = vec![
        Column::text(t(text::OPERATION)),
        Column::text(t(text::MAY)),
        Column::text(t(text::LAST_USED)),
        Column::figures(t(text::USES)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::TITLE) columns=columns>
            {shown.into_iter().map(|one| view! { <Line one=one since=since role=role /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Line(one: IamPermission, since: Timestamp, role: RoleId) -> impl IntoView {
    let (tone, word) = outcome(&one.outcome);
    let by = one.layer.as_deref().map(|layer| match layer {
        "organization" => text::BY_ORGANIZATION,
        "grant" => text::BY_GRANT,
        _ => text::BY_ROLE,
    });
    let permission = one.permission.map(|permission| {
        let has =
            if one.outcome == "allowed" { text::BY_PERMISSION } else { text::WITHOUT_PERMISSION };
        t_with(has, &[("permission", &permission)])
    });
    let to = path::simulator_asking_of(&one.operation, role);
    let (name, about) = (one.operation.clone(), one.operation);
    let last = one.last_used_at.filter(|last| *last >= since);
    let counted = !one.service.is_empty();
    let never = if counted { text::NOT_USED } else { text::NOT_COUNTED };
    view! {
        <Row>
            <Cell label=t(text::OPERATION) main=true><code class="break">{name}</code></Cell>
            <Cell label=t(text::MAY)>
                <span class="two-lines">
                    <span><ToneChip tone=tone word=t(word) /></span>
                    {by.map(|by| view! { <span class="hint">{t(by)}</span> })}
                    {permission.map(|said| view! { <span class="hint break">{said}</span> })}
                    {one.rules.into_iter().map(|rule| view! { <On rule=rule /> }).collect_view()}
                    {one.grants.into_iter().map(|grant| view! { <Granted grant=grant /> }).collect_view()}
                </span>
            </Cell>
            <Cell label=t(text::LAST_USED)>
                {match last {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => view! { <span class="muted">{t(never)}</span> }.into_any(),
                }}
            </Cell>
            <Cell label=t(text::USES) figures=true>
                {match counted {
                    true => format::integer(language(), one.uses),
                    false => t(common::NONE).to_owned(),
                }}
            </Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <LinkButton to=to label=t(text::SIMULATE) about=about small=true />
            </Cell>
        </Row>
    }
    .into_any()
}

/// A rule that it depends on.
#[component]
fn On(rule: IamPermissionRule) -> impl IntoView {
    let of = if rule.layer == "organization" { text::RULE_ORGANIZATION } else { text::RULE_ROLE };
    let number = rule.rule.to_string();
    view! {
        <span class="hint">
            {t_with(of, &[("number", &number)])}": "<code class="break">{rule.expression}</code>
        </span>
    }
}

/// What was granted of it, and until when.
#[component]
fn Granted(grant: IamPermissionGrant) -> impl IntoView {
    let until = format::date_time(language(), grant.ends_at);
    let said = match &grant.resource {
        Some(of) => t_with(text::GRANTED_OF, &[("resource", of), ("until", &until)]),
        None => t_with(text::GRANTED, &[("until", &until)]),
    };
    view! { <span class="hint break">{said}</span> }
}

fn outcome(of: &str) -> (Tone, Text) {
    match of {
        "allowed" => (Tone::Ok, text::ALLOWED),
        "depends" => (Tone::Warn, text::DEPENDS),
        "open" => (Tone::Neutral, text::OPEN),
        _ => (Tone::Neutral, text::REFUSED),
    }
}
