//! What somebody else changed since a form was opened: who, when, and for each field what it was,
//! what they made of it and what is typed here. What only one of them changed is put together by
//! itself; where both did, one of the two is chosen.

use super::{form_context::FormContext, keep::put, time::Ago};
use crate::text::{forgive as text, t, t_with};
use api::forms::{MERGE_PREFIX, Merge, Merged, THEIRS, YOURS, YOURS_PREFIX};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub fn MergePanel() -> impl IntoView {
    let merge = expect_context::<FormContext>().merge;
    let read = move || merge.get().and_then(|merge| serde_json::from_value::<Merge>(merge).ok());
    let panel = NodeRef::<html::Div>::new();
    // The fields take over what was put together.
    Effect::new(move |_| {
        if let (Some(merge), Some(form)) = (read(), panel.get().and_then(|panel| form_of(&panel))) {
            for (name, value) in &merge.values {
                put(&form, name, value);
            }
        }
    });
    move || {
        read().map(|merge| {
            let asks = merge.fields.iter().any(Merged::is_conflict);
            let next = if asks { text::MERGE_CHOOSE } else { text::MERGE_CHECK };
            let by = match merge.who {
                Some(who) => t_with(text::CHANGED_BY, &[("who", &who)]),
                None => t(text::CHANGED).to_owned(),
            };
            view! {
                <div node_ref=panel class="form-error merge" role="alert" tabindex="-1">
                    <p><strong>{by}</strong>" "{merge.at.map(|at| view! { <Ago at=at /> })}</p>
                    <p>{t(next)}</p>
                    {merge.fields.into_iter().map(|field| view! { <Part field=field panel=panel /> }).collect_view()}
                </div>
            }
        })
    }
}

/// One field, as three people know it.
#[component]
fn Part(field: Merged, panel: NodeRef<html::Div>) -> impl IntoView {
    let asks = field.is_conflict();
    let Merged { name, was, theirs, yours } = field;
    let kept = yours.clone();
    let side = |side: &'static str, label: &'static str, value: String| {
        let (name, taken) = (name.clone(), value.clone());
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=format!("{MERGE_PREFIX}{name}")
                    value=side
                    required=true
                    on:change=move |_| {
                        if let Some(form) = panel.get_untracked().and_then(|panel| form_of(&panel)) {
                            put(&form, &name, &taken);
                        }
                    }
                />
                <span><span class="check-label">{label}</span><Value value=value /></span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="merge-field">
            <legend>{t(text::field(&name))}</legend>
            <p class="merge-was"><span class="hint">{t(text::WAS)}</span><Value value=was /></p>
            {match asks {
                true => view! {
                    <input type="hidden" name=format!("{YOURS_PREFIX}{name}") value=kept />
                    {side(YOURS, t(text::YOURS), yours)}
                    {side(THEIRS, t(text::THEIRS), theirs)}
                }
                .into_any(),
                false => view! {
                    <p class="merge-was"><span class="hint">{t(text::TAKEN_OVER)}</span><Value value=theirs /></p>
                }
                .into_any(),
            }}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Value(value: String) -> impl IntoView {
    match value.is_empty() {
        true => view! { <span class="merge-value hint">{t(text::EMPTY)}</span> }.into_any(),
        false => view! { <span class="merge-value">{value}</span> }.into_any(),
    }
}

fn form_of(panel: &web_sys::HtmlDivElement) -> Option<web_sys::HtmlFormElement> {
    panel.closest("form").ok().flatten()?.dyn_into().ok()
}
