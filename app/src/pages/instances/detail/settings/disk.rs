//! A larger disk.

use super::{
    super::{super::may::refusal, Seen},
    becomes,
};
use crate::{
    path,
    text::{instance as text, t, t_with},
    ui::{Button, Card, Field, Form, FormCode, stay},
    visit::language,
};
use domain::{format, instance::Verb};
use leptos::prelude::*;
use serde_json::json;

const OPERATION: &str = "resize-instance-disk";

#[component]
pub fn Disk(seen: Seen) -> impl IntoView {
    let Seen { id, instance, .. } = seen;
    let (has, max) = instance
        .with_untracked(|i| (i.disk_size, i.instance_type.disk_size_max.unwrap_or(i.disk_size)));
    let number = |n| format::integer(language(), n);
    let lead = t_with(text::RESIZE_LEAD, &[("size", &number(has)), ("max", &number(max))]);
    view! {
        <Card title=t(text::RESIZE) lead=lead>
            <Form
                operation=OPERATION
                path=vec![("id", id.to_string())]
                return_to=path::instance_tab(id, "settings")
                done=t(text::RESIZE_REQUESTED)
                on_answer=stay()
            >
                <div class="stack">
                    <Field
                        name="disk-size"
                        label=t(text::NEW_SIZE)
                        kind="number"
                        min=has + 1
                        max=max
                        required=true
                        autocomplete="off"
                    />
                    <div class="row">
                        <Button
                            label=t(text::RESIZE_BUTTON).to_owned()
                            reason=Signal::derive(move || instance.with(|i| refusal(i, Verb::ResizeDisk)))
                        />
                    </div>
                </div>
            </Form>
            <FormCode
                operation=OPERATION
                path=vec![("id", id.to_string())]
                start=json!({})
                terraform=becomes(seen, OPERATION)
                id="disk-code"
            />
        </Card>
    }
    .into_any()
}
