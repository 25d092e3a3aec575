//! When a key ends by itself, and whether that is soon.

use crate::{
    live::Live,
    text::{api_keys as text, t},
    ui::{Tone, ToneChip},
    visit::language,
};
use domain::{Timestamp, format, iam::api_key::KeyEnd};
use leptos::prelude::*;

/// “in 5 d”, marked in its last week; it goes on with the clock of the page.
#[component]
pub fn Ends(at: Option<Timestamp>) -> impl IntoView {
    let Some(at) = at else {
        return view! { <span class="muted">{t(text::NEVER)}</span> }.into_any();
    };
    let live = expect_context::<Live>();
    let language = language();
    let end = Memo::new(move |_| KeyEnd::of(at, live.now()));
    view! {
        <span class="two-lines">
            {move || match end.get() {
                KeyEnd::Ended => None,
                _ => Some(view! {
                    <time datetime=at.to_string() title=format::date_time(language, at)>
                        {move || format::until(language, at, live.now())}
                    </time>
                }),
            }}
            {move || match end.get() {
                KeyEnd::Later => None,
                KeyEnd::Soon => Some(view! { <span><ToneChip tone=Tone::Warn word=t(text::ENDS_SOON) /></span> }),
                KeyEnd::Ended => Some(view! { <span><ToneChip tone=Tone::Bad word=t(text::ENDED) /></span> }),
            }}
        </span>
    }
    .into_any()
}
