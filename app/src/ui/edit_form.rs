//! The form of something that somebody else may change at the same time.

use super::{answer::OnAnswer, form::Form, merge::MergePanel};
use leptos::prelude::*;

/// A [`Form`] that says which version it is of, and puts both changes together when it was not the
/// last one.
#[component]
pub fn EditForm(
    operation: &'static str,
    /// Values of the path's parameters.
    #[prop(optional)]
    path: Vec<(&'static str, String)>,
    #[prop(into)] return_to: String,
    /// The version that was seen.
    #[prop(into)]
    if_match: MaybeProp<String>,
    /// Said when it was accepted.
    done: &'static str,
    /// Loads a whole new page on success: for what every page knows.
    #[prop(optional)]
    full_page: bool,
    /// Gets the API's answer instead of going anywhere.
    #[prop(optional)]
    on_answer: OnAnswer,
    children: Children,
) -> impl IntoView {
    view! {
        <Form operation=operation path=path return_to=return_to if_match=if_match full_page=full_page done=done on_answer=on_answer>
            <MergePanel />
            {children()}
        </Form>
    }
    .into_any()
}
