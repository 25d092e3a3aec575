//! Asking the API for what a page shows.

use crate::{live::Live, path, visit::visit};
use api::{Call, Client, ErrorBody, ErrorCode, Reply, TransportError, forms};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::{marker::PhantomData, pin::Pin};

/// What the API answered, or will.
///
/// Answers of all kinds are kept as text, so that the machinery of resources is compiled once and
/// not for every type: that is most of what a page would add to the download.
pub struct Asked<T> {
    text: Resource<Result<String, ErrorBody>>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T: DeserializeOwned> Asked<T> {
    /// The answer, once it is there.
    pub fn get(self) -> Option<Result<Reply<T>, ErrorBody>> {
        self.text.get().map(read)
    }

    /// Asks again.
    pub fn refetch(self) {
        self.text.refetch();
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Asked<T> {
    type Output = Result<Reply<T>, ErrorBody>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let text = self.text.into_future();
        Box::pin(async move { read(text.await) })
    }
}

fn read<T: DeserializeOwned>(text: Result<String, ErrorBody>) -> Result<Reply<T>, ErrorBody> {
    serde_json::from_str(&text?).map_err(|error| broken(&error))
}

/// What was just written can be read; a new version of the portal may differ from the open page.
fn broken(error: &serde_json::Error) -> ErrorBody {
    forms::unreachable(&TransportError(error.to_string()))
}

/// Path parameters and input of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask<I> {
    pub params: Vec<(&'static str, String)>,
    pub input: I,
}

impl<I> Ask<I> {
    /// Asks with a query.
    pub fn with(input: I) -> Self {
        Ask { params: Vec::new(), input }
    }
}

impl Ask<api::Nothing> {
    /// Asks for one thing.
    pub fn of(name: &'static str, value: impl Into<String>) -> Self {
        Ask { params: vec![(name, value.into())], input: api::Nothing {} }
    }

    /// Asks for everything.
    pub fn all() -> Self {
        Ask { params: Vec::new(), input: api::Nothing {} }
    }
}

/// Calls an endpoint that reads, again whenever `ask` changes or one of `kinds` does.
///
/// `kinds` are those of [`api::Change`]; none: the answer never changes while the page is shown.
pub fn load<C>(
    operation: C,
    kinds: &'static [&'static str],
    ask: impl Fn() -> Ask<C::Input> + Send + Sync + 'static,
) -> Asked<C::Output>
where
    C: Call + Copy + Send + Sync,
    C::Input: Clone + PartialEq,
    C::Output: Clone,
{
    let client = expect_context::<Client>();
    let version = expect_context::<Live>().watch(kinds);
    let asking = Memo::new(move |_| Some(ask()));
    let call = move || -> Answering {
        let client = client.clone();
        let ask = asking.get_untracked();
        Box::pin(settle(async move {
            let Some(ask) = ask else { return Ok(String::new()) };
            let params: Vec<_> = ask.params.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let reply = client.call(operation, &params, &ask.input).await?;
            serde_json::to_string(&reply).map_err(|error| broken(&error))
        }))
    };
    let track = move || {
        asking.track();
        version.get()
    };
    Asked { text: resource(Box::new(track), Box::new(call)), kind: PhantomData }
}

/// An answer on its way.
type Answering = Pin<Box<dyn Future<Output = Result<String, ErrorBody>> + Send>>;

/// The one kind of resource there is.
fn resource(
    track: Box<dyn Fn() -> u64 + Send + Sync>,
    call: Box<dyn Fn() -> Answering + Send + Sync>,
) -> Resource<Result<String, ErrorBody>> {
    // A number that differs each time: every change asks again.
    let times = std::sync::atomic::AtomicU64::new(0);
    let source = move || {
        track();
        times.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
    };
    Resource::new(source, move |_| {
        let answer = call();
        async move {
            let answer = answer.await;
            if let Err(error) = &answer {
                leave_if_signed_out(error);
            }
            answer
        }
    })
}

/// A future that a resource takes: in browsers there is one thread, so it is never really sent.
#[cfg(target_arch = "wasm32")]
fn settle<F: Future>(future: F) -> send_wrapper::SendWrapper<F> {
    send_wrapper::SendWrapper::new(future)
}

#[cfg(not(target_arch = "wasm32"))]
fn settle<F: Future + Send>(future: F) -> F {
    future
}

/// A session that ended while the page was open: sign in, then come back.
fn leave_if_signed_out(error: &ErrorBody) {
    if cfg!(target_arch = "wasm32")
        && error.code == ErrorCode::Unauthenticated
        && visit().me.is_some()
    {
        let location = window().location();
        let here = format!(
            "{}{}",
            location.pathname().unwrap_or_default(),
            location.search().unwrap_or_default()
        );
        // A browser that refuses to go leaves the error on the page, which says the same.
        let _ = location.assign(&path::sign_in_then(&here));
    }
}
