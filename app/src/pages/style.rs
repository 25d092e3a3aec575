//! Every component in every state, to look at and to test.

use crate::{
    as_code::as_code,
    path,
    text::{common, states, style as text, t},
    ui::{
        Button, Card, Cell, Check, Chip, Choice, CodePanel, Column, Confirm, Empty, Entry,
        ErrorPanel, Field, Form, KeyValue, KeyValues, Kind, LinkButton, LiveNote, Meter, Notice,
        PageHeader, Row, Select, Skeleton, Table, TextArea, Toasts, Tone, ToneChip, icons,
    },
    visit::visit,
};
use api::{ErrorBody, ErrorCode};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn Style() -> impl IntoView {
    view! {
        <PageHeader title=t(text::TITLE).to_owned() lead=|| t(text::LEAD)>
            <LiveNote />
        </PageHeader>
        <div class="stack">
            <Buttons />
            <States />
            <Fields />
            <Tables />
            <Notices />
            <Codes />
            <Confirms />
        </div>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let say = Callback::new(move |()| toasts.say(t(text::SAMPLE)));
    view! {
        <Card title=t(text::BUTTONS)>
            <div class="row">
                <Button label=t(text::PRIMARY).to_owned() kind=Kind::Primary icon=icons::PLUS plain=true />
                <Button label=t(text::SECONDARY).to_owned() plain=true />
                <Button label=t(text::QUIET).to_owned() kind=Kind::Quiet plain=true />
                <Button label=t(text::DANGER).to_owned() kind=Kind::Danger icon=icons::TRASH_2 plain=true />
                <Button label=t(text::DISABLED).to_owned() reason=Some(t(text::REASON).to_owned()) plain=true />
                <LinkButton to=path::style() label=t(text::OPEN) small=true />
                <Button label=t(text::TOAST).to_owned() small=true plain=true on_press=say />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn States() -> impl IntoView {
    view! {
        <Card title=t(text::STATES)>
            <div class="row">
                <ToneChip tone=Tone::Ok word=t(states::RUNNING) />
                <ToneChip tone=Tone::Busy word=t(states::STARTING) progress=40 />
                <ToneChip tone=Tone::Neutral word=t(states::STOPPED) />
                <ToneChip tone=Tone::Warn word=t(states::TIMEOUT) />
                <ToneChip tone=Tone::Bad word=t(states::ERROR) />
                <Chip>"env=prod"</Chip>
            </div>
        </Card>
        <Card title=t(text::METERS)>
            <div class="columns">
                <Meter label=t(text::SAMPLE) figures="3 / 20" used=3 limit=20 />
                <Meter label=t(text::SAMPLE) figures="17 / 20" used=17 limit=20 />
                <Meter label=t(text::SAMPLE) figures="20 / 20" used=20 limit=20 />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let options = vec![Entry::new("1", "ch-gva-2"), Entry::new("2", "de-fra-1")];
    view! {
        <Card title=t(text::FIELDS)>
            <Form operation="update-instance" return_to=path::style()>
                <div class="columns">
                    <Field name="name" label=t(common::NAME) hint=t(text::HINT) value="web-1" />
                    <Select name="zone" label=t(common::ZONE) options=options />
                    <TextArea name="user-data:base64" label=t(text::CODE) optional=true rows=4 value="#cloud-config" />
                    <div class="stack">
                        <Check name="auto-start" label=t(text::OPEN) hint=t(text::HINT) checked=true />
                        <div class="choices">
                            <Choice name="type" value="a" checked=true><strong>"micro"</strong><span>"0.0073"</span></Choice>
                            <Choice name="type" value="b"><strong>"small"</strong><span>"0.0233"</span></Choice>
                            <Choice name="type" value="c" reason=t(text::REASON)><strong>"mega"</strong><span>"0.7467"</span></Choice>
                        </div>
                    </div>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
fn Tables() -> impl IntoView {
    let columns = vec![
        Column::text(t(common::NAME)),
        Column::text(t(common::STATE)),
        Column::figures("CHF / h"),
    ];
    let rows = [
        ("web-1", Tone::Ok, states::RUNNING, "0.0467"),
        ("ci-runner", Tone::Neutral, states::STOPPED, "0.0014"),
    ];
    view! {
        <Table caption=t(text::TABLE) columns=columns>
            {rows
                .into_iter()
                .map(|(name, tone, word, price)| view! {
                    <Row>
                        <Cell label=t(common::NAME) main=true><a href=path::style()>{name}</a></Cell>
                        <Cell label=t(common::STATE)><ToneChip tone=tone word=t(word) /></Cell>
                        <Cell label="CHF / h" figures=true>{price}</Cell>
                    </Row>
                })
                .collect_view()}
        </Table>
        <Card title=t(text::TYPE)>
            <KeyValues>
                <KeyValue name=t(common::NAME)>{t(text::SAMPLE)}</KeyValue>
                <KeyValue name=t(common::ID)><code>"019a3f1c-7b2e-7000-8000-000000000000"</code></KeyValue>
            </KeyValues>
        </Card>
    }
    .into_any()
}

#[component]
fn Notices() -> impl IntoView {
    let error = ErrorBody {
        message: t(text::WRONG).to_owned(),
        code: ErrorCode::Unavailable,
        fields: BTreeMap::new(),
        request_id: Some(domain::RequestId(domain::Uuid::nil())),
    };
    view! {
        <Card title=t(text::NOTICES)>
            <div class="stack">
                <Notice tone=Tone::Neutral>{t(text::SAMPLE)}</Notice>
                <Notice tone=Tone::Ok>{t(text::SAMPLE)}</Notice>
                <Notice tone=Tone::Warn>{t(text::SAMPLE)}</Notice>
                <Notice tone=Tone::Bad>{t(text::SAMPLE)}</Notice>
            </div>
        </Card>
        <Card title=t(text::EMPTY)>
            <div class="stack">
                <ErrorPanel error=error />
                <Empty icon=icons::SERVER title=t(text::NOTHING_YET) lead=t(text::NOTHING_YET_NEXT)>
                    <LinkButton to=path::style() label=t(common::CREATE) kind=Kind::Primary icon=icons::PLUS />
                </Empty>
                <Skeleton rows=3 />
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Codes() -> impl IntoView {
    let code =
        as_code(&visit().origin, "stop-instance", &[("id", "019a3f1c")], &api::Nothing {}, &[]);
    view! { <Card title=t(text::CODE)><CodePanel code=code open=true /></Card> }
}

#[component]
fn Confirms() -> impl IntoView {
    view! {
        <Card title=t(text::CONFIRMS)>
            <div class="columns">
                <Confirm operation="stop-instance" path=vec![] act=t(text::OPEN) return_to=path::style() cancel=path::style()>
                    <p>{t(text::SAMPLE)}</p>
                </Confirm>
                <Confirm
                    operation="delete-instance"
                    path=vec![]
                    act=t(text::DANGER)
                    return_to=path::style()
                    cancel=path::style()
                    type_name="web-1".to_owned().to_owned()
                >
                    <p>{t(text::SAMPLE)}</p>
                </Confirm>
            </div>
        </Card>
    }
    .into_any()
}
