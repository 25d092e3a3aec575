//! The disk, within what type and template allow.

use super::{draft::Draft, section::Section};
use crate::{
    text::{create as text, t, t_with},
    ui::Field,
    visit::language,
};
use domain::format;
use leptos::prelude::*;

/// Bounds of every disk, GiB; type and template have narrower ones.
const BOUNDS: (i64, i64) = (10, 51_200);

#[component]
pub fn Disk(draft: Draft) -> impl IntoView {
    let price = draft.stock.with_value(|stock| (stock.prices.currency, stock.prices.disk_gib));
    let monthly = format::money(language(), price.0, price.1.minor_per_month());
    let outside = move || {
        let (disk, limits) = (draft.disk_gib(), draft.disk_limits());
        limits.is_some_and(|(min, max)| !disk.is_some_and(|gib| (min..=max).contains(&gib)))
    };
    view! {
        <Section title=t(text::DISK) lead=t(text::DISK_LEAD).to_owned()>
            <div class="half">
                <Field
                    name="disk-size"
                    label=t(text::DISK_SIZE)
                    kind="number"
                    value=draft.disk.get_untracked()
                    hint=t_with(text::DISK_PRICE, &[("amount", &monthly)])
                    required=true
                    min=BOUNDS.0
                    max=BOUNDS.1
                    follow=draft.disk
                />
                <p class=move || if outside() { "field-error" } else { "hint" } aria-live="polite">
                    {move || limits(draft)}
                </p>
            </div>
        </Section>
    }
    .into_any()
}

/// `standard.medium takes 10 GiB to 400 GiB; the template needs 10 GiB.`
fn limits(draft: Draft) -> Option<String> {
    let of = draft.chosen_type()?;
    let size = |gib: i64| format!("{}\u{a0}GiB", format::integer(language(), gib));
    Some(t_with(
        text::DISK_LIMITS,
        &[
            ("type", &of.name()),
            ("min", &size(of.disk_size_min?)),
            ("max", &size(of.disk_size_max?)),
            ("needed", &size(draft.needed())),
        ],
    ))
}
