//! How much of the quotas it takes: what is used now, and what would be.

use super::draft::Draft;
use crate::{
    text::{create as text, home, t, t_with},
    visit::language,
};
use domain::{
    format,
    quota::{QuotaResource, UNLIMITED},
};
use leptos::prelude::*;

#[component]
pub fn QuotaBars(draft: Draft) -> impl IntoView {
    let gpus = move || draft.chosen_type().and_then(|of| of.gpus).filter(|gpus| *gpus > 0);
    view! {
        <div class="rail-part stack">
            <QuotaBar draft=draft resource=QuotaResource::Instance more=1 />
            {move || gpus().map(|more| view! { <QuotaBar draft=draft resource=QuotaResource::Gpu more=more /> })}
        </div>
    }
    .into_any()
}

/// Drawn, because a page may not style elements by itself.
#[component]
fn QuotaBar(draft: Draft, resource: QuotaResource, more: i64) -> impl IntoView {
    let quota = draft.stock.with_value(|stock| stock.quota(resource).cloned());
    quota.filter(|quota| quota.limit != UNLIMITED).map(|quota| {
        let (used, after, limit) = (quota.usage, quota.usage + more, quota.limit);
        let number = |n| format::integer(language(), n);
        let what = home::quota(&quota.resource).map(t).unwrap_or_default();
        let figures = [("used", number(used)), ("after", number(after)), ("limit", number(limit))];
        let figures = figures.each_ref().map(|(name, value)| (*name, value.as_str()));
        let width = |n: i64| (n * 100 / limit.max(1)).clamp(0, 100);
        let level = if after > limit { "quota quota-over" } else { "quota" };
        view! {
            <div class=level>
                <div class="meter-head">
                    <span>{t_with(text::QUOTA, &[("what", what)])}</span>
                    <span class="figures">{t_with(text::QUOTA_AFTER, &figures)}</span>
                </div>
                <svg class="quota-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=t_with(text::QUOTA_SPOKEN, &figures)>
                    <rect class="quota-after" width=width(after).to_string() height="6" />
                    <rect class="quota-used" width=width(used).to_string() height="6" />
                </svg>
            </div>
        }
    })
    .into_any()
}
