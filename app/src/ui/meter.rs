//! How much of a limit is used.

use leptos::prelude::*;

/// A bar with its figures. It turns to a warning at 80 % and to an alarm when it is full.
#[component]
pub fn Meter(
    #[prop(into)] label: String,
    #[prop(into)] figures: String,
    used: i64,
    /// Below zero: no limit.
    limit: i64,
) -> impl IntoView {
    let level = match limit {
        limit if limit < 0 => "meter",
        limit if limit > 0 && used >= limit => "meter meter-full",
        limit if limit > 0 && used * 5 >= limit * 4 => "meter meter-high",
        _ => "meter",
    };
    let percent = (used.max(0) * 100 / limit.max(1)).min(100);
    view! {
        <div class=level>
            <div class="meter-head">
                <span>{label.clone()}</span>
                <span class="figures">{figures}</span>
            </div>
            {(limit >= 0).then(|| view! {
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
            })}
        </div>
    }
    .into_any()
}
