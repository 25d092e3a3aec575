//! Keeping the page fresh: the API's stream of changes, polling where it is not to be had.
//!
//! Resources [`watch`](Live::watch) kinds of things and are asked for again when one of them
//! changed. Changes are gathered for a moment, so that a burst leads to one question.

use crate::{path, visit::visit};
use api::Change;
use domain::Timestamp;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};

/// Changes are gathered this long.
const GATHER: Duration = Duration::from_millis(150);
/// How often a clock on the page moves on, and the feed is looked after.
const TICK: Duration = Duration::from_secs(3);
/// Ticks between polls while nothing moves.
const IDLE_TICKS: u32 = 10;

/// Stands for all kinds of things.
pub const ANY_KIND: &str = "*";

/// Where news come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    Stream,
    Polling,
    Paused,
}

impl Feed {
    pub fn as_str(self) -> &'static str {
        match self {
            Feed::Stream => "stream",
            Feed::Polling => "polling",
            Feed::Paused => "paused",
        }
    }
}

/// The stream, if the browser has any.
type Stream = StoredValue<Option<web_sys::EventSource>, LocalStorage>;

/// What changed at once.
#[derive(Clone, Debug, Default, PartialEq)]
struct Batch {
    number: u64,
    kinds: Vec<String>,
    /// Anything may have changed.
    everything: bool,
}

/// The page's link to what happens.
#[derive(Clone, Copy)]
pub struct Live {
    batch: RwSignal<Batch>,
    gathered: RwSignal<Vec<String>>,
    feed: RwSignal<Feed>,
    updated: RwSignal<Timestamp>,
    now: RwSignal<Timestamp>,
    /// Something is on its way: poll often.
    moving: RwSignal<bool>,
    alive: RwSignal<bool>,
    /// A form is on its way whose answer is a whole new page, perhaps of another session.
    leaving: RwSignal<bool>,
}

impl Live {
    pub fn new() -> Self {
        let now = visit().now;
        Live {
            batch: RwSignal::new(Batch::default()),
            gathered: RwSignal::new(Vec::new()),
            feed: RwSignal::new(Feed::Polling),
            updated: RwSignal::new(now),
            now: RwSignal::new(now),
            moving: RwSignal::new(false),
            alive: RwSignal::new(false),
            leaving: RwSignal::new(false),
        }
    }

    /// A number that grows whenever one of `kinds` changed.
    pub fn watch(self, kinds: &'static [&'static str]) -> Memo<u64> {
        Memo::new(move |before: Option<&u64>| {
            let before = before.copied().unwrap_or_default();
            self.batch.with(|batch| {
                let concerns = batch.everything
                    || kinds.contains(&ANY_KIND)
                    || batch.kinds.iter().any(|changed| kinds.contains(&changed.as_str()));
                if concerns && !kinds.is_empty() { batch.number } else { before }
            })
        })
    }

    /// Asks for everything again.
    pub fn refresh(self) {
        self.flush(Vec::new(), true);
    }

    pub fn feed(self) -> Feed {
        self.feed.get()
    }

    /// When the page was last brought up to date.
    pub fn updated(self) -> Timestamp {
        self.updated.get()
    }

    /// The present time, a few seconds exact.
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// Whether scripts run.
    pub fn is_alive(self) -> bool {
        self.alive.get()
    }

    /// Says whether operations are going on.
    pub fn set_moving(self, moving: bool) {
        self.moving.set(moving);
    }

    /// Asks for nothing more, as the session that it would ask with may have ended already; or goes on.
    pub fn set_leaving(self, leaving: bool) {
        if self.leaving.get_untracked() == leaving {
            return;
        }
        self.leaving.set(leaving);
        if !leaving {
            self.catch_up();
        }
    }

    /// Holds the page still, or lets it go on.
    pub fn toggle(self) {
        if self.feed.get_untracked() == Feed::Paused {
            self.feed.set(Feed::Polling);
            self.refresh();
        } else {
            self.feed.set(Feed::Paused);
        }
    }

    /// Begins to listen. Does nothing on the server, where nothing happens while a page is made.
    pub fn start(self) {
        Effect::new(move |_| {
            self.alive.set(true);
            self.set_now();
            if visit().is_inside() {
                let stream = StoredValue::new_local(self.listen());
                let ticks = StoredValue::new(0_u32);
                set_interval(move || self.tick(stream, ticks), TICK);
            }
        });
    }

    /// Opens the stream. However late it opens, or opens again, it tells what changed since the page
    /// was rendered.
    fn listen(self) -> Option<web_sys::EventSource> {
        let stream = web_sys::EventSource::new(&path::stream(visit().now)).ok()?;
        let heard =
            Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                if let Ok(change) = serde_json::from_str::<Change>(&text) {
                    self.gather(change);
                }
            });
        let lagged = Closure::<dyn Fn()>::new(move || self.catch_up());
        let opened = Closure::<dyn Fn()>::new(move || {
            if self.feed.get_untracked() != Feed::Paused {
                self.feed.set(Feed::Stream);
            }
        });
        let hear = |event: &str, listener: &js_sys::Function| {
            stream.add_event_listener_with_callback(event, listener).ok()
        };
        hear("change", heard.as_ref().unchecked_ref())?;
        hear("lagged", lagged.as_ref().unchecked_ref())?;
        hear("open", opened.as_ref().unchecked_ref())?;
        // They live as long as the page.
        heard.forget();
        lagged.forget();
        opened.forget();
        Some(stream)
    }

    fn catch_up(self) {
        if self.feed.get_untracked() != Feed::Paused {
            self.refresh();
        }
    }

    fn gather(self, change: Change) {
        if self.feed.get_untracked() == Feed::Paused {
            return;
        }
        let first = self.gathered.with_untracked(Vec::is_empty);
        self.gathered.update_untracked(|kinds| kinds.push(change.kind));
        if first {
            set_timeout(
                move || {
                    let kinds = self.gathered.try_update_untracked(std::mem::take);
                    self.flush(kinds.unwrap_or_default(), false);
                },
                GATHER,
            );
        }
    }

    fn tick(self, stream: Stream, ticks: StoredValue<u32>) {
        self.set_now();
        if self.feed.get_untracked() == Feed::Paused {
            return;
        }
        let state = stream.with_value(|stream| {
            stream.as_ref().map_or(web_sys::EventSource::CLOSED, web_sys::EventSource::ready_state)
        });
        if state == web_sys::EventSource::OPEN {
            self.feed.set(Feed::Stream);
            return;
        }
        self.feed.set(Feed::Polling);
        let waited = ticks.get_value() + 1;
        let idle = waited >= IDLE_TICKS;
        let due = self.moving.get_untracked() || idle;
        ticks.set_value(if idle { 0 } else { waited });
        if due {
            self.refresh();
        }
        // A browser tries again by itself, but not after an answer that was no stream, such as that
        // of a proxy whose server is starting.
        if idle && state == web_sys::EventSource::CLOSED {
            stream.set_value(self.listen());
        }
    }

    fn flush(self, kinds: Vec<String>, everything: bool) {
        if self.leaving.get_untracked() {
            return;
        }
        self.set_now();
        self.updated.set(self.now.get_untracked());
        self.batch.update(|batch| {
            *batch = Batch { number: batch.number + 1, kinds, everything };
        });
    }

    fn set_now(self) {
        self.now.set(Timestamp((js_sys::Date::now() * 1_000.0) as i64));
    }
}

impl Default for Live {
    fn default() -> Self {
        Live::new()
    }
}
