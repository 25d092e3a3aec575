//! Asking the API for what a page shows.

use crate::{
    live::Live,
    path::{self, Security},
    visit::visit,
};
use api::{Call, Client, Endpoint, ErrorBody, ErrorCode, Preview, Reply};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{marker::PhantomData, pin::Pin};

/// An answer of any kind, or one to come.
pub type Text = Resource<Result<Reply<String>, ErrorBody>>;

/// What the API answered, or will.
///
/// Answers of all kinds are kept as text, so that the machinery of resources is compiled once and
/// not for every type: that is most of what a page would add to the download.
pub struct Asked<T> {
    text: Text,
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

    /// The answer, without asking to hear of the next one.
    pub fn get_untracked(self) -> Option<Result<Reply<T>, ErrorBody>> {
        self.text.get_untracked().map(read)
    }

    /// The same answer, read as less than it is.
    pub fn part<P: DeserializeOwned>(self) -> Option<Result<Reply<P>, ErrorBody>> {
        self.text.get().map(read)
    }

    /// The answer as it came.
    pub fn text(self) -> Text {
        self.text
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

fn read<T: DeserializeOwned>(
    text: Result<Reply<String>, ErrorBody>,
) -> Result<Reply<T>, ErrorBody> {
    text?.read()
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
    _operation: C,
    kinds: &'static [&'static str],
    ask: impl Fn() -> Ask<C::Input> + Send + Sync + 'static,
) -> Asked<C::Output>
where
    C: Call + Copy + Send + Sync,
    C::Input: Clone + PartialEq,
    C::Output: Clone,
{
    Asked { text: resource(&C::ENDPOINT, source(kinds, ask)), kind: PhantomData }
}

/// Reads something as it was: JSON, and never again, since it stays what it was.
pub fn load_as_of(
    endpoint: &'static Endpoint,
    ask: impl Fn() -> (Vec<(&'static str, String)>, Value) + Send + Sync + 'static,
) -> Asked<Value> {
    let source = move || {
        let (params, input) = ask();
        (params, input, 0)
    };
    Asked { text: resource(endpoint, Box::new(source)), kind: PhantomData }
}

/// Asks what a mutation would do, without doing it.
pub fn preview<C>(
    _operation: C,
    kinds: &'static [&'static str],
    ask: impl Fn() -> Ask<C::Input> + Send + Sync + 'static,
) -> Asked<Preview>
where
    C: Call + Copy + Send + Sync,
    C::Input: Clone + PartialEq,
{
    Asked { text: resource(&C::ENDPOINT, source(kinds, ask)), kind: PhantomData }
}

fn source<I: Serialize>(
    kinds: &'static [&'static str],
    ask: impl Fn() -> Ask<I> + Send + Sync + 'static,
) -> Box<dyn Fn() -> Question + Send + Sync> {
    let version = expect_context::<Live>().watch(kinds);
    Box::new(move || {
        let Ask { params, input } = ask();
        (params, serde_json::to_value(input).unwrap_or_default(), version.get())
    })
}

/// Path parameters, input and version of what is asked for.
type Question = (Vec<(&'static str, String)>, Value, u64);

/// The one kind of resource there is. A mutation is only ever tried: a page that is shown changes
/// nothing.
fn resource(endpoint: &'static Endpoint, source: Box<dyn Fn() -> Question + Send + Sync>) -> Text {
    let client = expect_context::<Client>();
    Resource::new(source, move |(params, input, _)| {
        let client = client.clone();
        settle(async move {
            let params: Vec<_> = params.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let answer = client.text(endpoint, &params, input, endpoint.is_mutation()).await;
            if let Err(error) = &answer {
                leave_if_shut_out(error);
            }
            answer
        })
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

/// A session that ended while the page was open, or is not enough any more: sign in or set up the
/// second step, then come back.
fn leave_if_shut_out(error: &ErrorBody) {
    if !cfg!(target_arch = "wasm32") || visit().me.is_none() {
        return;
    }
    let location = window().location();
    let page = location.pathname().unwrap_or_default();
    let way: fn(&str) -> String = match error.code {
        ErrorCode::Unauthenticated => path::sign_in_then,
        ErrorCode::SecondFactorRequired if page != path::security_act(Security::SetUp) => {
            path::set_up_then
        }
        _ => return,
    };
    let here = format!("{page}{}", location.search().unwrap_or_default());
    // A browser that refuses to go leaves the error on the page, which says the same.
    let _ = location.assign(&way(&here));
}
