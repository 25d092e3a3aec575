//! Fields of a form: label, hint, error and value, tied together for every reader.

use super::{
    form_context::{FormContext, field_id},
    raw::escaped,
};
use crate::text::{common, t};
use leptos::{html, prelude::*};

/// What every field shows around its control.
#[component]
fn Labelled(
    id: String,
    label: String,
    hint: Option<String>,
    optional: bool,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field" class:field-wrong=move || error.with(Option::is_some)>
            <label for=id>
                {label}
                {optional.then(|| view! { <span class="optional">{t(common::OPTIONAL)}</span> })}
            </label>
            {children()}
            {move || error.get().map(|what| view! {
                <p class="field-error" lang="en" id=error_id.clone()>{what}</p>
            })}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// `aria-describedby` of a control.
fn described(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<_> = [error.then(|| format!("{id}-error")), hint.then(|| format!("{id}-hint"))]
        .into_iter()
        .flatten()
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What a field knows from the form around it.
struct Surroundings {
    id: String,
    kept: Option<String>,
    error: Signal<Option<String>>,
    form: Option<FormContext>,
}

impl Surroundings {
    fn of(name: &'static str) -> Self {
        let form = use_context::<FormContext>();
        Surroundings {
            id: field_id(form.map(|form| form.operation).unwrap_or_default(), name),
            kept: form.and_then(|form| form.kept(name)),
            error: Signal::derive(move || form.and_then(|form| form.error(name))),
            form,
        }
    }

    /// Says what the field has as the form is opened, where that is compared later.
    fn was(&self, name: &str, value: &str) -> impl IntoView + use<> {
        was(self.form, name, value)
    }
}

/// Says what a field has as its form is opened, where that is compared later.
pub fn was(form: Option<FormContext>, name: &str, value: &str) -> impl IntoView + use<> {
    let (name, value) = form?.was(name, value)?;
    Some(view! { <input type="hidden" name=name value=value /> })
}

/// One line of text.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    /// Says “optional” beside the label.
    #[prop(optional)]
    optional: bool,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// The id of a `<datalist>` of values that are offered.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional, into)] pattern: Option<String>,
    #[prop(optional)] min: Option<i64>,
    #[prop(optional)] max: Option<i64>,
    #[prop(optional)] max_length: Option<u32>,
    /// Set in identifiers, addresses, keys.
    #[prop(optional)]
    mono: bool,
    /// Follows what is typed.
    #[prop(optional)]
    follow: Option<RwSignal<String>>,
) -> impl IntoView {
    let around = Surroundings::of(name);
    let was = around.was(name, value.as_deref().unwrap_or_default());
    let Surroundings { id, kept, error, .. } = around;
    let value = kept.or(value).unwrap_or_default();
    let node = NodeRef::<html::Input>::new();
    // What was typed before scripts ran is not lost.
    Effect::new(move |_| {
        if let (Some(input), Some(signal)) = (node.get(), follow) {
            signal.set(input.value());
        }
    });
    let has_hint = hint.is_some();
    let described_id = id.clone();
    view! {
        <Labelled id=id.clone() label=label hint=hint optional=optional error=error>
            {was}
            <input
                node_ref=node
                class=if mono { "control mono" } else { "control" }
                id=id
                name=name
                type=kind
                value=value
                required=required
                autocomplete=autocomplete
                placeholder=placeholder
                list=list
                pattern=pattern
                min=min.map(|n| n.to_string())
                max=max.map(|n| n.to_string())
                maxlength=max_length.map(|n| n.to_string())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described(&described_id, has_hint, error.with(Option::is_some))
                on:input=move |event| {
                    if let Some(signal) = follow {
                        signal.set(event_target_value(&event));
                    }
                }
            />
        </Labelled>
    }
    .into_any()
}

/// One entry of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub value: String,
    pub label: String,
    pub disabled: bool,
}

impl Entry {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Entry { value: value.into(), label: label.into(), disabled: false }
    }
}

/// One of a few.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] options: Vec<Entry>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] follow: Option<RwSignal<String>>,
) -> impl IntoView {
    let around = Surroundings::of(name);
    let first = || options.first().map(|option| option.value.as_str());
    let was = around.was(name, value.as_deref().or_else(first).unwrap_or_default());
    let Surroundings { id, kept, error, .. } = around;
    let chosen = kept.or(value);
    let node = NodeRef::<html::Select>::new();
    Effect::new(move |_| {
        if let (Some(select), Some(signal)) = (node.get(), follow) {
            signal.set(select.value());
        }
    });
    let has_hint = hint.is_some();
    let described_id = id.clone();
    view! {
        <Labelled id=id.clone() label=label hint=hint optional=false error=error>
            {was}
            <select
                node_ref=node
                class="control select"
                id=id
                name=name
                required=required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described(&described_id, has_hint, error.with(Option::is_some))
                on:change=move |event| {
                    if let Some(signal) = follow {
                        signal.set(event_target_value(&event));
                    }
                }
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let selected = chosen.as_deref() == Some(option.value.as_str());
                        view! {
                            <option value=option.value selected=selected disabled=option.disabled>
                                {option.label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Labelled>
    }
    .into_any()
}

/// Several lines of text.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// May hold passwords or keys: is never kept in the browser.
    #[prop(optional)]
    secret: bool,
    #[prop(optional)] follow: Option<RwSignal<String>>,
) -> impl IntoView {
    let around = Surroundings::of(name);
    let was = around.was(name, value.as_deref().unwrap_or_default());
    let Surroundings { id, kept, error, .. } = around;
    let value = kept.or(value).unwrap_or_default();
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let (Some(area), Some(signal)) = (node.get(), follow) {
            signal.set(area.value());
        }
    });
    let has_hint = hint.is_some();
    let described_id = id.clone();
    view! {
        <Labelled id=id.clone() label=label hint=hint optional=optional error=error>
            {was}
            <textarea
                node_ref=node
                class="control mono"
                id=id
                name=name
                rows=rows.to_string()
                required=required
                placeholder=placeholder
                maxlength=max_length.map(|n| n.to_string())
                spellcheck="false"
                data-secret=secret
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described(&described_id, has_hint, error.with(Option::is_some))
                on:input=move |event| {
                    if let Some(signal) = follow {
                        signal.set(event_target_value(&event));
                    }
                }
                inner_html=escaped(&value)
            ></textarea>
        </Labelled>
    }
    .into_any()
}
