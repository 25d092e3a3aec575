//! What a webhook is told: boxes for results and kinds. Operations are set through the API, and stay.

use crate::{
    pages::audit_trail::question,
    text::{t, webhooks as text},
};
use api::WebhookFilter;
use domain::audit::AuditResult;
use leptos::prelude::*;

#[component]
pub fn FilterFields(filter: WebhookFilter) -> impl IntoView {
    let WebhookFilter { operations, resources, results } = filter;
    let (operations, resources, results) = (
        operations.unwrap_or_default(),
        resources.unwrap_or_default(),
        results.unwrap_or_default(),
    );
    view! {
        // Without any box the filter is there all the same, and asks for nothing.
        <input type="hidden" name="filter{}" value="" />
        {operations
            .into_iter()
            .map(|operation| view! { <input type="hidden" name="filter.operations[]" value=operation /> })
            .collect_view()}
        <fieldset class="stack-small">
            <legend>{t(text::RESULTS)}</legend>
            <div class="row">
                {AuditResult::ALL
                    .iter()
                    .map(|result| view! {
                        <Box
                            name="filter.results[]"
                            value=result.as_str()
                            label=t(question::result(*result))
                            checked=results.contains(result)
                        />
                    })
                    .collect_view()}
            </div>
        </fieldset>
        <details open=!resources.is_empty()>
            <summary>{t(text::RESOURCES)}</summary>
            <div class="checks">
                {question::kinds()
                    .map(|kind| view! {
                        <Box
                            name="filter.resources[]"
                            value=kind
                            label=kind
                            checked=resources.iter().any(|one| one == kind)
                        />
                    })
                    .collect_view()}
            </div>
        </details>
    }
    .into_any()
}

/// A value that is sent when it is ticked.
#[component]
fn Box(
    name: &'static str,
    value: &'static str,
    label: &'static str,
    checked: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value=value checked=checked />
            <span><span class="check-label">{label}</span></span>
        </label>
    }
    .into_any()
}
