//! Forms. Each is a real `<form>` that the server's adapter understands; with scripts the same
//! fields are sent without leaving the page.

use super::{
    answer::OnAnswer,
    error::ErrorText,
    form_context::{FormContext, field_id},
    submit::Sending,
};
use crate::{
    path,
    text::{common, t},
    visit::{fresh_key, visit},
};
use api::{
    ErrorCode,
    forms::{self, Fields},
};
use leptos::{context::Provider, html, prelude::*};
use serde::de::DeserializeOwned;

/// A form for an operation of the API.
#[component]
pub fn Form(
    operation: &'static str,
    /// Values of the path's parameters.
    #[prop(optional)]
    path: Vec<(&'static str, String)>,
    /// Where to go on success; `{reference}` becomes the id that the operation refers to. Without
    /// it the page is shown again with the answer (see [`answer_of`]).
    #[prop(optional, into)]
    return_to: Option<String>,
    /// The version that was seen.
    #[prop(optional, into)]
    if_match: MaybeProp<String>,
    /// Loads a whole new page on success, even with scripts: for what changes who is signed in.
    #[prop(optional)]
    full_page: bool,
    /// Said when it was accepted.
    #[prop(optional_no_strip, into)]
    done: Option<&'static str>,
    /// Gets the API's answer instead of going anywhere.
    #[prop(optional)]
    on_answer: OnAnswer,
    /// Whether it is this form that was refused, where a page has several of one operation.
    #[prop(default = true)]
    was_sent: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let visit = visit();
    let organization = visit.me.map(|me| me.organization.id);
    let kept = visit
        .form
        .filter(|state| was_sent && state.operation == operation && is_for(&state.values, &path));
    let context = FormContext {
        operation,
        busy: RwSignal::new(false),
        refused: RwSignal::new(
            kept.as_ref()
                .filter(|state| state.merge.is_none())
                .and_then(|state| state.error.clone()),
        ),
        versioned: if_match.get_untracked().is_some(),
        merge: RwSignal::new(kept.as_ref().and_then(|state| state.merge.clone())),
        values: StoredValue::new(
            kept.filter(|state| state.answer.is_none())
                .map(|state| state.values)
                .unwrap_or_default(),
        ),
    };
    let node = NodeRef::<html::Form>::new();
    let key = NodeRef::<html::Input>::new();
    let sending = Sending::new(context, node, key, full_page, done, on_answer);
    view! {
        <form
            node_ref=node
            method="post"
            action=path::form(operation)
            class=class
            on:submit=move |event| sending.submit(event)
        >
            {path
                .into_iter()
                .map(|(name, value)| view! {
                    <input type="hidden" name=format!("{}{name}", forms::PATH_PREFIX) value=value />
                })
                .collect_view()}
            {return_to.map(|to| view! { <input type="hidden" name=forms::RETURN_TO value=to /> })}
            <input type="hidden" name=forms::PAGE value=here() />
            {organization.map(|id| view! { <input type="hidden" name=forms::ORGANIZATION value=id /> })}
            {move || if_match.get().map(|version| view! {
                <input type="hidden" name=forms::IF_MATCH value=version />
            })}
            <input node_ref=key type="hidden" name=forms::IDEMPOTENCY_KEY value=fresh_key() />
            <Summary context=context />
            <Provider value=context>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// A value that the visitor does not choose.
#[component]
pub fn Hidden(name: &'static str, #[prop(into)] value: Signal<String>) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }
}

/// What was wrong, with links to the fields.
#[component]
fn Summary(context: FormContext) -> impl IntoView {
    move || {
        context.refused.get().map(|error| {
            let fields: Vec<_> = error.fields.clone().into_iter().collect();
            // What helps besides correcting is added by whoever keeps what is typed.
            let class = match error.code {
                ErrorCode::Unavailable => "form-error form-away",
                ErrorCode::Unauthenticated => "form-error form-out",
                _ => "form-error",
            };
            view! {
                <div class=class role="alert" tabindex="-1">
                    <ErrorText error=error />
                    {(!fields.is_empty()).then(|| view! {
                        <p>{t(common::FIX_THESE)}</p>
                        <ul>
                            {fields
                                .into_iter()
                                .map(|(name, what)| view! {
                                    <li>
                                        <a href=format!("#{}", field_id(context.operation, &name)) rel="external">
                                            <code>{name.trim_start_matches('_').to_owned()}</code>
                                        </a>
                                        <span lang="en">{what}</span>
                                    </li>
                                })
                                .collect_view()}
                        </ul>
                    })}
                </div>
            }
        })
    }
}

/// What the API answered to a form of this operation, when this page is shown because of that.
pub fn answer_of<T: DeserializeOwned>(operation: &str) -> Option<T> {
    let state = visit().form.filter(|state| state.operation == operation)?;
    serde_json::from_value(state.answer?).ok()
}

/// Whether refused values belong to the form with these path parameters.
fn is_for(values: &Fields, path: &[(&'static str, String)]) -> bool {
    path.iter().all(|(name, value)| {
        let name = format!("{}{name}", forms::PATH_PREFIX);
        values.iter().any(|(field, given)| *field == name && given == value)
    })
}

/// The page this form stands on.
fn here() -> String {
    let location = leptos_router::hooks::use_location();
    let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
    if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
}
