//! How much of a limit is used.

use domain::quota::{Level, level, percent};
use leptos::prelude::*;

/// A bar with its figures. It turns to a warning at 80 % and to an alarm when it is full.
#[component]
pub fn Meter(
    #[prop(into)] label: String,
    #[prop(into)] figures: String,
    used: i64,
    /// Below zero: no limit.
    limit: i64,
    /// How far something is: being full is no alarm.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    view! {
        <div class=if plain { "meter" } else { class(used, limit) }>
            <div class="meter-head">
                <span>{label.clone()}</span>
                <span class="figures">{figures}</span>
            </div>
            {bar(label, used, limit)}
        </div>
    }
    .into_any()
}

/// The bar alone, where the figures stand beside it; nothing without a limit.
#[component]
pub fn MeterBar(#[prop(into)] label: String, used: i64, limit: i64) -> impl IntoView {
    view! { <div class=class(used, limit)>{bar(label, used, limit)}</div> }.into_any()
}

fn class(used: i64, limit: i64) -> &'static str {
    match level(used, limit) {
        Level::Fine => "meter",
        Level::High => "meter meter-high",
        Level::Full => "meter meter-full",
    }
}

/// Drawn, because a page may not style elements by itself.
fn bar(label: String, used: i64, limit: i64) -> AnyView {
    percent(used, limit)
        .map(|percent| {
            view! {
                <svg
                    class="meter-bar"
                    viewBox="0 0 100 6"
                    preserveAspectRatio="none"
                    role="meter"
                    aria-label=label
                    aria-valuemin="0"
                    aria-valuemax=limit.to_string()
                    aria-valuenow=used.to_string()
                >
                    <rect class="meter-fill" width=percent.to_string() height="6"></rect>
                </svg>
            }
        })
        .into_any()
}
