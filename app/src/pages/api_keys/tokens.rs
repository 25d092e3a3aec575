//! One's own tokens, and a new one.

use super::{create::CreateToken, once::TokenOnce};
use crate::{
    load::{Ask, load},
    path,
    text::{api_keys as text, audit_trail, common, t},
    ui::{
        Ago, Cell, Column, Empty, Instant, LinkButton, Loaded, Row, SectionTitle, Table, answer_of,
        icons,
    },
};
use api::{AccessToken, AccessTokenCreated, op};
use leptos::prelude::*;

#[component]
pub fn Tokens() -> impl IntoView {
    let tokens = load(op::ListAccessTokens, &["access-token"], Ask::all);
    let created = RwSignal::new(answer_of::<AccessTokenCreated>("create-access-token"));
    view! {
        <SectionTitle title=t(text::TOKENS) lead=t(text::TOKENS_LEAD) />
        {move || created.get().map(|token| view! { <TokenOnce created=token /> })}
        <Loaded
            answer=tokens
            rows=2
            view=|reply| view! { <TokenTable tokens=reply.body.access_tokens /> }.into_any()
        />
        <CreateToken created=created />
    }
    .into_any()
}

#[component]
fn TokenTable(tokens: Vec<AccessToken>) -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(common::CREATED)),
        Column::text(t(text::LAST_USED)),
        Column::text(t(text::EXPIRES)),
        Column::actions(t(common::ACTIONS)),
    ];
    match tokens.is_empty() {
        true => view! {
            <section class="card compact"><Empty icon=icons::TERMINAL title=t(text::TOKENS_EMPTY) lead=t(text::TOKENS_EMPTY_NEXT) /></section>
        }
        .into_any(),
        false => view! {
            <Table caption=t(text::TOKENS) columns=columns>
                {tokens.into_iter().map(|token| view! { <TokenRow token=token /> }).collect_view()}
            </Table>
        }
        .into_any(),
    }
}

#[component]
fn TokenRow(token: AccessToken) -> impl IntoView {
    let (name, revoke) = (token.name.clone(), path::access_token_delete(token.id));
    view! {
        <Row>
            <Cell label=t(common::NAME) main=true>{name}</Cell>
            <Cell label=t(common::CREATED)><Ago at=token.created_at /></Cell>
            <Cell label=t(text::LAST_USED)>
                {match token.last_used_at {
                    Some(at) => view! { <Ago at=at /> }.into_any(),
                    None => view! { <span class="muted">{t(text::NEVER)}</span> }.into_any(),
                }}
            </Cell>
            <Cell label=t(text::EXPIRES)><Instant at=token.expires_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                <span class="row">
                    <LinkButton to=path::audit_trail_of(token.id) label=t(audit_trail::ACTIVITY) about=token.name.clone() small=true />
                    <LinkButton to=revoke label=t(text::REVOKE) about=token.name small=true />
                </span>
            </Cell>
        </Row>
    }
    .into_any()
}
