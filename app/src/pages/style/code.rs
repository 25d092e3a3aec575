//! Code to copy.

use super::Sample;
use crate::{
    as_code::{AsCode, as_code},
    path,
    text::{common, exports, style as text, t},
    ui::{Card, CodeBlock, CodePanel, CodeTools, CopyButton, CopyFile},
    visit::visit,
};
use leptos::prelude::*;

#[component]
pub fn Codes() -> impl IntoView {
    view! {
        <Card title=t(text::CODE)>
            <div class="stack">
                <Sample of="CopyButton">
                    <p class="with-copy">
                        <code>"203.0.113.7"</code>
                        <CopyButton text="203.0.113.7".to_owned() what=t(text::SAMPLE_ADDRESS) />
                    </p>
                </Sample>
                <Sample of="CopyFile">
                    <CopyFile url=path::style() label=t(exports::COPY) />
                </Sample>
                <Sample of="CodeBlock">
                    <CodeBlock code="ssh debian@203.0.113.7".to_owned() what=t(common::CURL) />
                </Sample>
                <Sample of="CodePanel"><CodePanel code=stop() open=true /></Sample>
                <Sample of="CodeTools"><CodeTools code=stop() id="tools" /></Sample>
            </div>
        </Card>
    }
    .into_any()
}

fn stop() -> AsCode {
    as_code(&visit().origin, "stop-instance", &[("id", "019a3f1c")], &api::Nothing {}, &[])
}
