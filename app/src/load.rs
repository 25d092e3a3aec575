//! Asking the API for what a page shows.

use crate::{live::Live, path, visit::visit};
use api::{Call, Client, ErrorBody, ErrorCode, Reply};
use leptos::prelude::*;

/// What the API answered, or will.
pub type Asked<T> = Resource<Result<Reply<T>, ErrorBody>>;

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
    Resource::new(
        move || (ask(), version.get()),
        move |(ask, _)| {
            let client = client.clone();
            settle(async move {
                let params: Vec<_> = ask.params.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let answer = client.call(operation, &params, &ask.input).await;
                if let Err(error) = &answer {
                    leave_if_signed_out(error);
                }
                answer
            })
        },
    )
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
