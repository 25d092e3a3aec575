//! `GET /v2/stream`: changes of the organization as they are committed. Everybody may listen, and
//! hears of what they may read; with `since`, also of what changed from then on.

use super::{answer::Answer, input};
use crate::{
    call::Call,
    cloud::Ended,
    error::{Error, Result},
    iam::behalf::Behalf,
    principal::Actor,
    sessions,
};
use api::{Change, StreamFrom};
use axum::response::{
    IntoResponse,
    sse::{Event, KeepAlive, Sse},
};
use futures::StreamExt;
use std::{collections::BTreeSet, convert::Infallible, time::Duration};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// How often it is looked whether the listener may go on, when nobody said that it may not: a session
/// ends by itself, and another process may have taken a right away.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// A listener that falls too far behind is told `lagged`, and reads everything again.
pub async fn open(call: Call) -> Result<Answer> {
    let org = call.org()?;
    let StreamFrom { since } = input::query(&call.request.query)?;
    let heard = heard(&call).await?;
    let of_listener = heard.clone();
    let ends = call.cloud.access_ended.subscribe();
    let told = BroadcastStream::new(call.cloud.changes.subscribe());
    let missed = since.map(|since| call.cloud.changes.missed(org, since));
    let events = told.filter_map(move |item| {
        let event = match item {
            Ok((of, change)) => (of == org).then(|| told_to(&of_listener, &change)).flatten(),
            Err(BroadcastStreamRecvError::Lagged(_)) => Some(empty("lagged")),
        };
        futures::future::ready(event)
    });
    let first: Vec<_> = match missed {
        None => vec![empty("hello")],
        Some(None) => vec![empty("hello"), empty("lagged")],
        Some(Some(missed)) => {
            let missed = missed.iter().filter_map(|change| told_to(&heard, change));
            std::iter::once(empty("hello")).chain(missed).collect()
        }
    };
    let events = futures::stream::iter(first).chain(events).map(Ok::<_, Infallible>);
    let stream = Sse::new(events.take_until(Box::pin(ended(ends, call, heard))))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut response = stream.into_response();
    let no_store = http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(http::header::CACHE_CONTROL, no_store);
    Ok(Answer::Stream(response))
}

/// A change, for whoever hears of its kind.
fn told_to(heard: &BTreeSet<String>, change: &Change) -> Option<Event> {
    heard.contains(&change.kind).then(|| {
        Event::default().event("change").data(serde_json::to_string(change).unwrap_or_default())
    })
}

/// An event that says enough by its name.
fn empty(event: &str) -> Event {
    Event::default().event(event).data("{}")
}

/// The kinds that the caller may list, or read one of.
async fn heard(call: &Call) -> Result<BTreeSet<String>> {
    let mut heard = BTreeSet::new();
    for endpoint in api::ENDPOINTS.iter().filter(|endpoint| !endpoint.is_mutation()) {
        let operation = endpoint.operation;
        let many = operation.strip_prefix("list-").and_then(|kinds| kinds.strip_suffix('s'));
        if let Some(kind) = many.or(operation.strip_prefix("get-"))
            && !heard.contains(kind)
            && call.may(operation, &[]).await?
        {
            heard.insert(kind.to_owned());
        }
    }
    Ok(heard)
}

fn concerns(call: &Call, ended: Ended) -> bool {
    call.principal().is_ok_and(|listener| match ended {
        Ended::Within(org) => listener.org == org,
        Ended::Of(user) => listener.actor.user() == Some(user),
    })
}

/// Waits until the listener may not go on like this: whoever was removed hears nothing any more, and
/// whoever may read other kinds than before has to ask anew.
async fn ended(mut ends: Receiver<Ended>, call: Call, heard: BTreeSet<String>) {
    loop {
        let now = call.cloud.now();
        let changes = call.principal_or_none().and_then(|principal| principal.changes_at(now));
        let left = changes.map(|at| at.since(now) + Duration::from_millis(1));
        let wait = left.map_or(LOOK_EVERY, |left| left.min(LOOK_EVERY));
        match tokio::time::timeout(wait, ends.recv()).await {
            Ok(Ok(ended)) if !concerns(&call, ended) => continue,
            Ok(Err(RecvError::Closed)) => return,
            Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => {}
        }
        // A task of its own: a listener that reads nothing must not keep a connection of the database.
        match tokio::spawn(still(call.clone())).await {
            Ok(Err(error)) if error.is_refusal() => return,
            Ok(Ok(now)) if now != heard => return,
            _ => {}
        }
    }
}

/// What the same credential would hear if it opened it again.
async fn still(call: Call) -> Result<BTreeSet<String>> {
    if let Actor::Session { session, .. } = &call.principal()?.actor {
        let pool = call.cloud.db.reader();
        if !sessions::store::lives(pool, *session, call.cloud.now()).await? {
            return Err(Error::Unauthenticated("The session is over.".into()));
        }
    }
    let principal = Behalf::of(&call)?.principal(&call.cloud, call.org()?).await?;
    heard(&Call::open(call.cloud, call.request, Some(principal)).await?).await
}
