//! What was asked for: a skeleton while it comes, the thing itself, or why not.

use super::{error::ErrorPanel, skeleton::Skeleton};
use crate::load::Asked;
use leptos::prelude::*;

/// Shows an answer. What was shown stays while it is asked for again.
#[component]
pub fn Loaded<T>(
    answer: Asked<T>,
    /// Rows of the skeleton.
    #[prop(default = 6)]
    rows: usize,
    /// An error takes the place of the page and gives its status.
    #[prop(optional)]
    page: bool,
    view: impl Fn(api::Reply<T>) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=move || view! { <Skeleton rows=rows /> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match answer.await {
                        Ok(reply) => view(reply),
                        Err(error) => view! { <ErrorPanel error=error page=page /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
