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
    view! {
        <div class=level>
            <div class="meter-head">
                <span>{label.clone()}</span>
                <span class="figures">{figures}</span>
            </div>
            {(limit >= 0).then(|| view! {
                <meter min="0" max=limit.max(1).to_string() value=used.to_string() aria-label=label></meter>
            })}
        </div>
    }
    .into_any()
}
