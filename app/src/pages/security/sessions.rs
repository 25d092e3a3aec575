//! Where one is signed in.

use super::{browser, code};
use crate::{
    live::Live,
    load::{Ask, load},
    path,
    text::{common, security, sessions as text, single_sign_on, t, t_with},
    ui::{
        Ago, Button, Cell, Chip, CodePanel, Column, Empty, Form, Instant, LinkButton, Loaded, Row,
        SectionTitle, Table, icons, stay,
    },
    visit::{language, visit},
};
use api::{ListAuditTrail, Session, op};
use domain::{
    assurance::is_confirmed,
    audit::{AuditResult, actor_claimed},
    format,
};
use leptos::prelude::*;
use serde_json::json;

#[component]
pub fn Sessions() -> impl IntoView {
    // They are a person's and no organization's: no news comes of them, but what is done here asks again.
    let sessions = load(op::ListSessions, &["session"], Ask::all);
    view! {
        <SectionTitle title=t(text::TITLE) lead=t(text::LEAD) />
        <Loaded
            answer=sessions
            rows=2
            view=move |reply| match reply.body.sessions.is_empty() {
                true => view! { <Empty icon=icons::MONITOR_SMARTPHONE title=t(text::EMPTY) lead=t(text::LEAD) /> }.into_any(),
                false => view! {
                    <Proven sessions=&reply.body.sessions />
                    <Failed />
                    <SessionTable sessions=reply.body.sessions />
                }
                .into_any(),
            }
        />
        <CodePanel code=code("list-sessions", &[], &json!({})) act=t(text::TITLE) />
        <CodePanel code=code("delete-session", &[("id", "current")], &json!({})) act=t(text::SIGN_OUT) id="sign-out-code" />
    }
    .into_any()
}

/// Until when nothing asks who is there.
#[component]
fn Proven<'a>(sessions: &'a [Session]) -> impl IntoView {
    let until = sessions.iter().find(|one| one.current).map(|one| one.confirmed_until);
    let live = expect_context::<Live>();
    let says = move || match until.filter(|until| is_confirmed(*until, live.now())) {
        Some(until) => {
            t_with(security::PROVED_UNTIL, &[("time", &format::date_time(language(), until))])
        }
        None => t(security::NOT_PROVED).to_owned(),
    };
    let to = path::security_act(path::Security::Confirm);
    view! {
        <div class="row">
            <p>{says}</p>
            <LinkButton to=to label=t(security::PROVE) small=true />
        </div>
    }
    .into_any()
}

/// Who comes by a provider fails there.
#[component]
fn Failed() -> impl IntoView {
    let me = visit().me.filter(|me| !me.single_sign_on);
    me.map(|me| {
        let actor = Some(actor_claimed(&me.email));
        let result = Some(AuditResult::Refused);
        let to = path::audit_trail_where(&ListAuditTrail { actor, result, ..Default::default() });
        view! {
            <div class="row">
                <p>{t(text::FAILED_LEAD)}</p>
                <LinkButton to=to label=t(text::FAILED) small=true />
            </div>
        }
    })
}

#[component]
fn SessionTable(sessions: Vec<Session>) -> impl IntoView {
    let columns = vec![
        Column::text(t(text::BROWSER)),
        Column::text(t(text::ADDRESS)),
        Column::text(t(text::SIGNED_IN)),
        Column::text(t(text::LAST_SEEN)),
        Column::text(t(text::EXPIRES)),
        Column::actions(t(common::ACTIONS)),
    ];
    view! {
        <Table caption=t(text::TITLE) columns=columns>
            {sessions.into_iter().map(|session| view! { <SessionRow session=session /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn SessionRow(session: Session) -> impl IntoView {
    let browser = match session.user_agent.as_deref().and_then(browser::recognize) {
        Some((browser, system)) => t_with(text::ON, &[("browser", browser), ("system", system)]),
        None => t(text::UNKNOWN).to_owned(),
    };
    let id = session.id.to_string();
    view! {
        <Row>
            <Cell label=t(text::BROWSER) main=true>
                <span class="row">
                    {browser}
                    {session.current.then(|| view! { <Chip>{t(text::THIS_ONE)}</Chip> })}
                    {session.single_sign_on.then(|| view! { <Chip>{t(single_sign_on::SESSION)}</Chip> })}
                </span>
            </Cell>
            <Cell label=t(text::ADDRESS)>
                <code class="nowrap">{session.source_ip.unwrap_or_else(|| t(common::NONE).to_owned())}</code>
            </Cell>
            <Cell label=t(text::SIGNED_IN)><Ago at=session.created_at /></Cell>
            <Cell label=t(text::LAST_SEEN)><Ago at=session.last_seen_at /></Cell>
            <Cell label=t(text::EXPIRES)><Instant at=session.expires_at /></Cell>
            <Cell label=t(common::ACTIONS) actions=true>
                {match session.current {
                    true => view! {
                        <Form operation="delete-session" path=vec![("id", id)] return_to=path::sign_in() full_page=true>
                            <Button label=t(text::SIGN_OUT).to_owned() small=true />
                        </Form>
                    }
                    .into_any(),
                    false => view! {
                        <Form
                            operation="delete-session"
                            path=vec![("id", id)]
                            return_to=path::security()
                            done=t(text::REVOKED)
                            on_answer=stay()
                        >
                            <Button label=t(text::REVOKE).to_owned() small=true />
                        </Form>
                    }
                    .into_any(),
                }}
            </Cell>
        </Row>
    }
    .into_any()
}
