//! `GET /v2/stream`: changes of the organization as they are committed.

use super::answer::Answer;
use crate::{call::Call, error::Result};
use axum::response::{
    IntoResponse,
    sse::{Event, KeepAlive, Sse},
};
use futures::StreamExt;
use std::{convert::Infallible, time::Duration};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// A listener that falls too far behind is told `lagged`, and reads everything again.
pub fn open(call: Call) -> Result<Answer> {
    let org = call.org()?;
    let events = BroadcastStream::new(call.cloud.changes.subscribe()).filter_map(move |item| {
        let event = match item {
            Ok((of, change)) if of == org => {
                let data = serde_json::to_string(&change).unwrap_or_default();
                Some(Event::default().event("change").data(data))
            }
            Ok(_) => None,
            Err(BroadcastStreamRecvError::Lagged(_)) => {
                Some(Event::default().event("lagged").data("{}"))
            }
        };
        futures::future::ready(event.map(Ok::<_, Infallible>))
    });
    let hello = futures::stream::once(futures::future::ready(Ok(Event::default()
        .event("hello")
        .data("{}"))));
    let stream = Sse::new(hello.chain(events)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut response = stream.into_response();
    let no_store = http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(http::header::CACHE_CONTROL, no_store);
    Ok(Answer::Stream(response))
}
