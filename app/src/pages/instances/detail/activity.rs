//! What was asked of an instance, and what the audit trail says of it.

use super::Seen;
use crate::{
    pages::{
        audit_trail::activity::{Activity as Acts, Kept, about},
        operations::Line,
    },
    path,
    text::{audit_trail, home, instance as text, t},
    ui::{Card, Loaded},
};
use leptos::prelude::*;

#[component]
pub fn Activity(seen: Seen) -> impl IntoView {
    view! {
        <Card title=t(text::OPERATIONS) lead=t(text::OPERATIONS_LEAD)>
            <Loaded
                answer=seen.operations
                view=|reply| match reply.body.operations.is_empty() {
                    true => view! { <p class="hint">{t(text::NO_OPERATIONS)}</p> }.into_any(),
                    false => view! {
                        <ul class="lines">
                            {reply.body.operations.into_iter().map(|o| view! { <li><Line operation=o /></li> }).collect_view()}
                        </ul>
                        <p><a href=path::operations()>{t(home::ALL_OPERATIONS)}</a></p>
                    }
                    .into_any(),
                }
            />
        </Card>
        <Acts
            title=audit_trail::TO_IT
            lead=audit_trail::TO_IT_LEAD
            asked=about(seen.id)
            kinds=&["instance", "operation"]
        />
        <Kept />
    }
    .into_any()
}
