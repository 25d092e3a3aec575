//! Name, labels and user data. The form remembers what its values were and the version they are of:
//! what somebody else changed meanwhile is put together with what is typed here.

use super::{super::Seen, becomes};
use crate::{
    path,
    text::{common, instance as text, instances as all, t},
    ui::{
        Button, Card, EditForm, Field, FormCode, Kind, Notice, TextArea, Tone, answered_into,
        forget,
    },
};
use api::Instance;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{labels::Labels, name::NAME_CHARACTERS_MAX, user_data::encode};
use leptos::prelude::*;
use serde_json::json;

const OPERATION: &str = "update-instance";

/// What the form shows.
#[derive(Clone, Debug, PartialEq)]
struct Values {
    name: String,
    labels: Labels,
    /// Base64.
    user_data: String,
}

impl Values {
    fn of(instance: &Instance) -> Self {
        let user_data = instance.user_data.clone().unwrap_or_default();
        Values { name: instance.name.clone(), labels: instance.labels.clone(), user_data }
    }

    /// User data as text; `None` when it is none.
    fn text(&self) -> Option<String> {
        String::from_utf8(STANDARD.decode(&self.user_data).ok()?).ok()
    }
}

#[component]
pub fn Details(seen: Seen) -> impl IntoView {
    let Seen { latest, instance, .. } = seen;
    let shown = RwSignal::new(instance.with_untracked(Values::of));
    // A form that shows other values is another form: what was typed into it goes with it.
    let form = RwSignal::new(0_u32);
    let show = move |values| {
        shown.set(values);
        form.update(|number| *number += 1);
    };
    // The change that comes next is our own.
    let saved = RwSignal::new(false);
    let now = Memo::new(move |_| instance.with(Values::of));
    let version = Memo::new(move |before: Option<&Option<String>>| {
        let same = now.get() == shown.get();
        let etag = latest.with(|reply| reply.etag.clone());
        before.filter(|_| !same).cloned().unwrap_or(etag)
    });
    Effect::new(move |_| {
        latest.with(|_| ());
        if saved.get_untracked() {
            saved.set(false);
            show(now.get_untracked());
        }
    });
    let changed = move || now.get() != shown.get() && !saved.get();
    view! {
        <Card title=t(text::DETAILS) lead=t(text::DETAILS_LEAD)>
            <div class="stack">
                {move || changed().then(|| view! {
                    <Notice tone=Tone::Warn>
                        <div class="row-between">
                            <p>{t(text::CHANGED_MEANWHILE)}</p>
                            <Button label=t(text::TAKE_OVER).to_owned() plain=true small=true on_press=Callback::new(move |()| {
                                forget("update-instance");
                                show(now.get_untracked());
                            }) />
                        </div>
                    </Notice>
                })}
                <For each=move || [form.get()] key=|number| *number let(_)>
                    <Fields seen=seen values=shown.get_untracked() version=version saved=saved />
                </For>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn Fields(
    seen: Seen,
    values: Values,
    version: Memo<Option<String>>,
    saved: RwSignal<bool>,
) -> impl IntoView {
    let labels: Vec<_> =
        values.labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let user_data = values.text();
    let start = json!({
        "name": values.name, "labels": values.labels, "user-data": user_data.as_deref().map(encode),
    });
    let binary = user_data.is_none();
    // What can't be shown must not be taken for something that was emptied.
    let field = if binary { "user-data:base64" } else { "user-data:base64-or-empty" };
    view! {
        <EditForm
            operation=OPERATION
            path=vec![("id", seen.id.to_string())]
            return_to=path::instance_tab(seen.id, "settings")
            if_match=Signal::derive(move || version.get())
            done=t(text::SAVED)
            on_answer=answered_into(saved)
        >
            <div class="stack">
                <div class="columns">
                    <Field
                        name="name"
                        label=t(common::NAME)
                        value=values.name
                        required=true
                        max_length=u32::try_from(NAME_CHARACTERS_MAX).unwrap_or(u32::MAX)
                        autocomplete="off"
                    />
                    <TextArea name="labels" label=t(all::LABELS) hint=t(text::LABELS_HINT) value=labels.join("\n") optional=true rows=3 />
                </div>
                {binary.then(|| view! { <Notice tone=Tone::Warn><p>{t(text::USER_DATA_BINARY)}</p></Notice> })}
                <TextArea name=field label=t(text::USER_DATA) hint=t(text::USER_DATA_HINT) value=user_data.unwrap_or_default() optional=true rows=6 secret=true />
                <div class="row"><Button label=t(text::SAVE).to_owned() kind=Kind::Primary /></div>
            </div>
        </EditForm>
        <FormCode
            operation=OPERATION
            path=vec![("id", seen.id.to_string())]
            start=start
            terraform=becomes(seen, OPERATION)
            id="details-code"
        />
    }
    .into_any()
}
