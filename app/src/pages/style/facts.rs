//! What says how something is: chips, bars, points in time, properties.

use super::Sample;
use crate::{
    text::{common, states, style as text, t},
    ui::{
        Ago, Card, Chip, Instant, KeyValue, KeyValues, LiveNote, Meter, MeterBar, Tone, ToneChip,
    },
    visit::visit,
};
use domain::{Timestamp, quota::UNLIMITED};
use leptos::prelude::*;

#[component]
pub fn Facts() -> impl IntoView {
    view! {
        <Card title=t(text::STATES)>
            <div class="stack">
                <Sample of="ToneChip">
                    <div class="row">
                        <ToneChip tone=Tone::Ok word=t(states::RUNNING) />
                        <ToneChip tone=Tone::Busy word=t(states::STARTING) progress=40 />
                        <ToneChip tone=Tone::Neutral word=t(states::STOPPED) />
                        <ToneChip tone=Tone::Warn word=t(states::TIMEOUT) />
                        <ToneChip tone=Tone::Bad word=t(states::ERROR) />
                    </div>
                </Sample>
                <Sample of="Chip"><div class="row"><Chip>"env=prod"</Chip></div></Sample>
            </div>
        </Card>
        <Card title=t(text::METERS)>
            <div class="stack">
                <Sample of="Meter">
                    <div class="columns">
                        <Meter label=t(text::SAMPLE) figures="3 / 20" used=3 limit=20 />
                        <Meter label=t(text::SAMPLE) figures="17 / 20" used=17 limit=20 />
                        <Meter label=t(text::SAMPLE) figures="20 / 20" used=20 limit=20 />
                        <Meter label=t(text::SAMPLE) figures="20 / 20" used=20 limit=20 plain=true />
                        <Meter label=t(text::SAMPLE) figures="3" used=3 limit=UNLIMITED />
                    </div>
                </Sample>
                <Sample of="MeterBar"><MeterBar label=t(text::SAMPLE) used=9 limit=20 /></Sample>
            </div>
        </Card>
        <Card title=t(text::TIMES)>
            <div class="columns">
                <Sample of="Ago"><p><Ago at=before() /></p></Sample>
                <Sample of="Instant"><p><Instant at=before() /></p></Sample>
                <Sample of="LiveNote"><LiveNote /></Sample>
            </div>
        </Card>
        <Card title=t(text::PROPERTIES)>
            <Sample of="KeyValues, KeyValue">
                <KeyValues>
                    <KeyValue name=t(common::NAME)>"web-1"</KeyValue>
                    <KeyValue name=t(common::ID)><code>"019a3f1c-7b2e-7000-8000-000000000000"</code></KeyValue>
                </KeyValues>
            </Sample>
        </Card>
    }
    .into_any()
}

/// Five minutes before the page came.
fn before() -> Timestamp {
    Timestamp(visit().now.0 - 300_000_000)
}
