//! User data as plain text: how long it is, and what cloud-init would think of it.

use super::{draft::Draft, section::Section};
use crate::{
    text::{create as text, t, t_with},
    ui::{Notice, TextArea, Tone},
    visit::language,
};
use domain::{
    format,
    user_data::{self, USER_DATA_CHARACTERS_MAX},
};
use leptos::prelude::*;

#[component]
pub fn UserData(draft: Draft) -> impl IntoView {
    let data = draft.user_data;
    let doubt = Memo::new(move |_| data.with(|data| user_data::doubt(data)));
    let empty = Memo::new(move |_| data.with(|data| data.trim().is_empty()));
    let used = move || data.with(|data| encoded_length(data));
    let too_long = move || used() > USER_DATA_CHARACTERS_MAX;
    view! {
        <Section title=t(text::USER_DATA) lead=t(text::USER_DATA_LEAD).to_owned()>
            <TextArea name="user-data:base64" label=t(text::USER_DATA_LABEL) optional=true rows=7 secret=true follow=data />
            <p class=move || if too_long() { "field-error" } else { "hint num" }>
                {move || size(used())}
            </p>
            <div aria-live="polite">
                {move || match (empty.get(), doubt.get()) {
                    (true, _) => ().into_any(),
                    (false, Some(doubt)) => view! { <Notice tone=Tone::Warn>{text::doubt(doubt)}</Notice> }.into_any(),
                    (false, None) => view! { <Notice tone=Tone::Ok>{t(text::LOOKS_GOOD)}</Notice> }.into_any(),
                }}
            </div>
        </Section>
    }
    .into_any()
}

/// Characters of the base64 form.
fn encoded_length(data: &str) -> usize {
    data.len().div_ceil(3) * 4
}

fn size(used: usize) -> String {
    let number = |n: usize| format::integer(language(), i64::try_from(n).unwrap_or(i64::MAX));
    let (used, limit) = (number(used), number(USER_DATA_CHARACTERS_MAX));
    t_with(text::USER_DATA_SIZE, &[("used", &used), ("limit", &limit)])
}
