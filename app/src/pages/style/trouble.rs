//! What stands where something is not, or not yet: notices, empty, loading, wrong.

use super::Sample;
use crate::{
    load::{Ask, load},
    path,
    text::{common, style as text, t},
    ui::{
        Card, Empty, ErrorPanel, ErrorText, Followed, Kind, LinkButton, Loaded, Notice, Skeleton,
        Tone, icons,
    },
};
use api::{ErrorBody, ErrorCode, Zones, op};
use domain::{RequestId, Uuid};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn Trouble() -> impl IntoView {
    view! {
        <Card title=t(text::NOTICES)>
            <Sample of="Notice">
                <div class="stack">
                    <Notice tone=Tone::Neutral>{t(text::SAMPLE)}</Notice>
                    <Notice tone=Tone::Ok>{t(text::SAMPLE)}</Notice>
                    <Notice tone=Tone::Warn>{t(text::SAMPLE)}</Notice>
                    <Notice tone=Tone::Bad>{t(text::SAMPLE)}</Notice>
                </div>
            </Sample>
        </Card>
        <Card title=t(text::EMPTY)>
            <div class="stack">
                <Sample of="Empty">
                    <Empty icon=icons::SERVER title=t(text::NOTHING_YET) lead=t(text::NOTHING_YET_NEXT)>
                        <LinkButton to=path::style() label=t(common::CREATE) kind=Kind::Primary icon=icons::PLUS />
                    </Empty>
                </Sample>
                <Sample of="Skeleton"><Skeleton rows=3 /></Sample>
                <Sample of="ErrorPanel">
                    <ErrorPanel error=error(ErrorCode::Unavailable) />
                    <ErrorPanel error=error(ErrorCode::Forbidden) />
                </Sample>
                <Sample of="ErrorText"><ErrorText error=error(ErrorCode::Conflict) /></Sample>
                <Answers />
            </div>
        </Card>
    }
    .into_any()
}

/// What was asked for, shown anew with each answer and once for all of them.
#[component]
fn Answers() -> impl IntoView {
    let zones = load(op::ListZones, &["operation"], Ask::all);
    let names = |zones: &Zones| {
        let names: Vec<_> = zones.zones.iter().map(|zone| zone.name.as_str()).collect();
        names.join(", ")
    };
    view! {
        <div class="columns">
            <Sample of="Loaded">
                <Loaded answer=zones rows=1 view=move |reply| view! { <p>{names(&reply.body)}</p> }.into_any() />
            </Sample>
            <Sample of="Followed">
                <Followed
                    answer=zones
                    rows=1
                    view=move |reply| {
                        view! { <p>{move || reply.with(|reply| names(&reply.body))}</p> }.into_any()
                    }
                />
            </Sample>
        </div>
    }
    .into_any()
}

fn error(code: ErrorCode) -> ErrorBody {
    ErrorBody {
        message: t(text::REFUSED).to_owned(),
        code,
        fields: BTreeMap::new(),
        request_id: Some(RequestId(Uuid::nil())),
        request_access: None,
    }
}
