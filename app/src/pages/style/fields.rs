//! What a form is made of.

use super::Sample;
use crate::{
    path,
    text::{common, style as text, t},
    ui::{Card, Check, Choice, Entry, Field, Form, Hidden, Select, TextArea},
};
use leptos::prelude::*;

#[component]
pub fn Fields() -> impl IntoView {
    let options = || vec![Entry::new("1", "ch-gva-2"), Entry::new("2", "de-fra-1")];
    view! {
        <Card title=t(text::FIELDS)>
            <Form operation="update-instance" return_to=path::style()>
                <div class="columns">
                    <Sample of="Field">
                        <Field name="name" label=t(common::NAME) hint=t(text::HINT) value="web-1" />
                        <Field name="note" label=t(text::NOTE) optional=true placeholder=t(text::OPEN) />
                        <Field name="password" kind="password" label=t(text::SECRET) autocomplete="off" />
                    </Sample>
                    <Sample of="TextArea">
                        <TextArea name="user-data:base64" label=t(text::CODE) optional=true rows=4 value="#cloud-config" />
                    </Sample>
                    <Sample of="Select">
                        <Select name="zone" label=t(common::ZONE) options=options() hint=t(text::HINT) />
                    </Sample>
                    <Sample of="Check">
                        <Check name="auto-start" label=t(text::OPEN) hint=t(text::HINT) checked=true />
                        <Check name="protected" label=t(text::SEND) />
                    </Sample>
                    <Sample of="Choice">
                        <div class="choices">
                            <Choice name="type" value="a" checked=true><strong>"micro"</strong><span>"0.0073"</span></Choice>
                            <Choice name="type" value="b"><strong>"small"</strong><span>"0.0233"</span></Choice>
                            <Choice name="type" value="c" reason=t(text::REASON)><strong>"mega"</strong><span>"0.7467"</span></Choice>
                        </div>
                    </Sample>
                    <Sample of="Hidden">
                        <Hidden name="labels.tier" value="web" />
                        <p class="hint">{t(text::HIDDEN)}</p>
                    </Sample>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}
