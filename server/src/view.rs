//! Reading: a call and the readers' pool.

use crate::call::Call;
use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

/// What a read operation receives.
pub struct View {
    call: Arc<Call>,
    reply: Mutex<Headers>,
}

/// What goes into the answer besides its body.
#[derive(Clone, Debug, Default)]
pub struct Headers {
    pub version: Option<i64>,
    pub next_cursor: Option<String>,
    /// It holds a secret, so it is not compressed.
    pub secret: bool,
}

impl View {
    pub fn new(call: Call) -> View {
        View { call: Arc::new(call), reply: Mutex::default() }
    }

    /// Sends the row's version as `ETag`.
    pub fn version(&self, version: i64) {
        self.reply.lock().unwrap_or_else(PoisonError::into_inner).version = Some(version);
    }

    /// Sends where the next page begins.
    pub fn next_page(&self, cursor: String) {
        self.reply.lock().unwrap_or_else(PoisonError::into_inner).next_cursor = Some(cursor);
    }

    /// Says that the answer holds something that lets in whoever has it.
    pub fn shows_secret(&self) {
        self.reply.lock().unwrap_or_else(PoisonError::into_inner).secret = true;
    }

    pub fn headers(&self) -> Headers {
        self.reply.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Deref for View {
    type Target = Call;
    fn deref(&self) -> &Call {
        &self.call
    }
}
