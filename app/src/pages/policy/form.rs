//! The form of a policy.

use super::editor::Editor;
use crate::{
    text::{common, policy as text, t},
    ui::{Button, Card, EditForm, FormCode, Kind, LinkButton},
};
use domain::iam::Policy;
use leptos::prelude::*;

#[component]
pub fn PolicyForm(
    operation: &'static str,
    /// Values of the path's parameters.
    #[prop(optional)]
    path: Vec<(&'static str, String)>,
    /// As it is now.
    policy: Policy,
    /// The version that was read.
    etag: Option<String>,
    /// Where it is shown.
    back: String,
    /// Said when it was saved.
    done: &'static str,
    /// Why it can't be changed.
    #[prop(optional_no_strip)]
    reason: Option<String>,
    /// It counts for whoever edits it.
    own: bool,
) -> impl IntoView {
    let of = path.clone();
    let role = path.first().and_then(|(_, id)| id.parse().ok());
    let start = serde_json::to_value(&policy).unwrap_or_default();
    view! {
        <Card>
            <EditForm
                operation=operation
                path=path
                return_to=back.clone()
                if_match=Signal::stored(etag)
                done=done
            >
                <div class="stack">
                    <Editor policy=policy own=own role=role />
                    <div class="confirm-actions">
                        <LinkButton to=back label=t(common::CANCEL) />
                        <Button label=t(text::SAVE).to_owned() kind=Kind::Primary reason=Signal::stored(reason) />
                    </div>
                </div>
            </EditForm>
        </Card>
        <FormCode operation=operation path=of start=start />
    }
    .into_any()
}
