//! What was asked for: a skeleton while it comes, the thing itself, or why not.
//!
//! [`Loaded`] makes its view anew with each answer. [`Followed`] makes it once and hands on what
//! comes later, so that open menus and what people type stay.

use super::{error::ErrorPanel, skeleton::Skeleton};
use crate::load::{Asked, Text};
use api::{ErrorBody, ErrorCode, Reply};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Shows an answer. What was shown stays while it is asked for again.
#[component]
pub fn Loaded<T>(
    answer: Asked<T>,
    /// Rows of the skeleton; none where the answer is a small part of something.
    #[prop(default = 6)]
    rows: usize,
    /// An error takes the place of the page and gives its status.
    #[prop(optional)]
    page: bool,
    /// Shows no error: this only adds to what is shown elsewhere.
    #[prop(optional)]
    quiet: bool,
    view: impl Fn(Reply<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
{
    let show = move |text: Result<Reply<String>, ErrorBody>| match text.and_then(Reply::read) {
        Ok(reply) => view(reply),
        Err(_) if quiet => ().into_any(),
        Err(error) => view! { <ErrorPanel error=error page=page /> }.into_any(),
    };
    shown(answer.text(), rows, Arc::new(show))
}

/// Compiled once for answers of all kinds.
fn shown(
    text: Text,
    rows: usize,
    show: Arc<dyn Fn(Result<Reply<String>, ErrorBody>) -> AnyView + Send + Sync>,
) -> AnyView {
    let fallback = move || (rows > 0).then(|| view! { <Skeleton rows=rows /> });
    view! {
        <Transition fallback=fallback>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(text.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// Shows an answer, and later ones in the same view.
#[component]
pub fn Followed<T>(
    answer: Asked<T>,
    /// Rows of the skeleton.
    #[prop(default = 6)]
    rows: usize,
    /// An error takes the place of the page and gives its status.
    #[prop(optional)]
    page: bool,
    /// What else the view follows.
    #[prop(optional)]
    also: Option<Text>,
    view: impl Fn(Memo<Reply<T>>) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let answers = [Some(answer.text()), also].into_iter().flatten().collect();
    let show = move || view! { <Follower answer=answer page=page view=view /> }.into_any();
    once_there(answers, rows, Box::new(show))
}

/// Makes a view that follows answers, once, when they are there.
///
/// What it keeps in memos is so worked out from them. A memo that was there before hears of an
/// answer a moment later than those who wait for it: on a busy server the page was rendered in
/// that moment, as if nothing had been answered, and the browser could not take it over.
pub fn once_there(
    answers: Vec<Text>,
    rows: usize,
    show: Box<dyn FnOnce() -> AnyView + Send>,
) -> AnyView {
    view! {
        <Transition fallback=move || view! { <Skeleton rows=rows /> }>
            {Suspend::new(async move {
                for answer in answers {
                    // An error is for the view to show.
                    drop(answer.await);
                }
                show()
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Follower<T>(
    answer: Asked<T>,
    page: bool,
    view: impl Fn(Memo<Reply<T>>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let error = Memo::new(move |_| answer.get().and_then(Result::err));
    // A moment without the server does not take away what was there.
    let gone = |error: &ErrorBody| {
        !matches!(error.code, ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::RateLimited)
    };
    let there = Memo::new(move |before: Option<&bool>| match answer.get() {
        Some(Ok(_)) => true,
        Some(Err(error)) if gone(&error) => false,
        _ => before.copied().unwrap_or_default(),
    });
    view! {
        {move || error.get().map(|error| {
            view! { <ErrorPanel error=error page=page && !there.get() /> }
        })}
        {move || {
            if !there.get() {
                return ().into_any();
            }
            // A resource that is read below a transition is tracked, even by `get_untracked`.
            let Some(Ok(first)) = untrack(|| answer.get()) else { return ().into_any() };
            let latest = Memo::new(move |before: Option<&Reply<T>>| match answer.get() {
                Some(Ok(reply)) => reply,
                _ => before.unwrap_or(&first).clone(),
            });
            view(latest)
        }}
    }
    .into_any()
}
