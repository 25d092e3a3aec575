//! Asking before something is done. The question is a page of its own, so it needs no scripts and
//! has an address; what can't be taken back asks for the name.

use super::{
    button::{Button, Kind, LinkButton},
    field::Field,
    form::Form,
};
use crate::text::{common, t, t_with};
use leptos::prelude::*;

/// The question, what follows from it, and the two ways out. `children` say what dies, what stays
/// and what stops costing.
#[component]
pub fn Confirm(
    operation: &'static str,
    path: Vec<(&'static str, String)>,
    /// Verb and object: `Delete web-1`.
    #[prop(into)]
    act: String,
    /// Where to go when it was accepted.
    #[prop(into)]
    return_to: String,
    /// Where Cancel leads.
    #[prop(into)]
    cancel: String,
    /// Type this name first: for what can't be taken back.
    #[prop(optional_no_strip, into)]
    type_name: Option<String>,
    /// Said when it was accepted.
    #[prop(optional)]
    done: Option<&'static str>,
    /// It is what the page is for: Cancel has the focus when it comes.
    #[prop(default = true)]
    focus: bool,
    /// Why it is not possible now.
    #[prop(optional, into)]
    reason: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let kind = if type_name.is_some() { Kind::Danger } else { Kind::Primary };
    let frame = if type_name.is_some() { "card card-danger confirm" } else { "card confirm" };
    view! {
        <section class=frame>
            <Form operation=operation path=path return_to=return_to done=done>
                <div class="stack">
                    {children()}
                    {type_name.map(|name| view! {
                        <Field
                            name=api::forms::CONFIRM
                            label=t_with(common::TYPE_TO_CONFIRM, &[("name", &name)])
                            required=true
                            autocomplete="off"
                            pattern=exactly(&name)
                        />
                    })}
                    <div class="confirm-actions">
                        <LinkButton to=cancel label=t(common::CANCEL) autofocus=focus />
                        <Button label=act kind=kind reason=reason />
                    </div>
                </div>
            </Form>
        </section>
    }
    .into_any()
}

/// A pattern that only this text matches.
fn exactly(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.is_ascii_alphanumeric() {
            true => letter.to_string(),
            false => format!("\\u{{{:x}}}", u32::from(letter)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn patterns_hold_no_active_letters() {
        assert_eq!(super::exactly("web-1.a"), "web\\u{2d}1\\u{2e}a");
    }
}
