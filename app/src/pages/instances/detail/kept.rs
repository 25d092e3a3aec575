//! Says of an instance that was deleted until when it can be recovered.

use super::{super::cost, Seen};
use crate::{
    text::{common, instance_acts as text, t, t_with},
    ui::{Notice, Tone},
    visit::language,
};
use domain::format;
use leptos::prelude::*;

#[component]
pub fn Kept(seen: Seen) -> impl IntoView {
    let kept = Memo::new(move |_| {
        seen.instance.with(|instance| instance.recover_until.map(|until| (until, instance.price)))
    });
    move || {
        kept.get().map(|(until, price)| {
            let price = price.map_or_else(|| t(common::NONE).to_owned(), cost::both);
            let time = format::date_time(language(), until);
            view! {
                <Notice tone=Tone::Warn>
                    {t_with(text::DELETED_NOTE, &[("time", &time), ("price", &price)])}
                </Notice>
            }
        })
    }
}
