//! How long a simulated call takes. Virtual time always passes; a person also waits for it.

use super::call::CallName;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

/// Whether anybody is watching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Only virtual time passes.
    Instant,
    /// Calls take their time, so that a person sees progress.
    Real,
}

pub(super) struct Latency {
    pub seed: u64,
    pub pace: Pace,
}

impl Latency {
    /// Follows from seed, call and object only, so it does not depend on the order of calls.
    pub(super) fn draw_ms(&self, name: CallName, object: &str) -> u64 {
        let (least, most) = range_ms(name);
        let mut hasher = DefaultHasher::new();
        (self.seed, name, object).hash(&mut hasher);
        least + hasher.finish() % (most - least)
    }

    pub(super) async fn wait(&self, ms: u64) {
        if self.pace == Pace::Real {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
    }
}

/// Like those of a small real engine.
fn range_ms(name: CallName) -> (u64, u64) {
    match name {
        CallName::Health | CallName::Observe => (1, 3),
        CallName::List | CallName::Prepare => (2, 10),
        CallName::Create => (400, 1200),
        CallName::Start => (500, 700),
        CallName::Stop => (600, 1200),
        CallName::Delete => (100, 300),
        CallName::Resize | CallName::SetPassword => (100, 200),
        CallName::Rebuild => (500, 1200),
        CallName::CreateSnapshot | CallName::Revert => (200, 600),
        CallName::DeleteSnapshot | CallName::DeleteImage => (50, 150),
        CallName::Publish | CallName::Export | CallName::ImportImage => (500, 1500),
    }
}
