//! Webhooks: states, and when what failed is tried again.

use std::time::Duration;

text_enum! {
    pub enum WebhookState {
        Active = "active",
        /// Somebody paused it.
        Paused = "paused",
        /// Nothing was taken for days: the platform paused it.
        Failed = "failed",
    }
}

text_enum! {
    pub enum DeliveryState {
        /// To be tried, perhaps again.
        Pending = "pending",
        Delivered = "delivered",
        /// Not tried again by itself.
        Failed = "failed",
    }
}

text_enum! {
    /// Why something is told.
    pub enum DeliveryCause {
        Event = "event",
        Test = "test",
        /// Somebody asked for it once more.
        Again = "again",
    }
}

/// A webhook that takes nothing for so long is paused.
pub const FAILS_FOR: Duration = Duration::from_secs(3 * 24 * 3_600);
const FIRST_WAIT: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);
/// An event that is refused for what it is, so often, is given up, and the next follows.
const REFUSED_MAX: i64 = 10;

/// How long to wait after so many tries that failed.
pub fn wait_after(attempts: i64) -> Duration {
    let doubled = u32::try_from(attempts.max(1) - 1).unwrap_or(u32::MAX).min(16);
    (FIRST_WAIT * 2_u32.pow(doubled)).min(LONGEST_WAIT)
}

/// Whether an answer says that it was taken.
pub fn is_taken(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Whether it is time to leave an event alone: others may be taken where this one is not.
pub fn is_given_up(attempts: i64, status: Option<u16>) -> bool {
    attempts >= REFUSED_MAX && matches!(status, Some(400 | 413 | 422))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour() {
        let seconds = |attempts| wait_after(attempts).as_secs();
        assert_eq!([1, 2, 3, 9, 10, 1_000_000].map(seconds), [10, 20, 40, 2_560, 3_600, 3_600]);
    }

    #[test]
    fn only_what_is_refused_for_what_it_is_is_given_up() {
        assert!(is_given_up(10, Some(422)) && !is_given_up(9, Some(422)));
        assert!(!is_given_up(1_000, Some(503)) && !is_given_up(1_000, Some(404)));
        assert!(!is_given_up(1_000, None));
        assert!(is_taken(204) && !is_taken(302) && !is_taken(500));
    }
}
