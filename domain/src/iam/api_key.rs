//! What the times of an API key say of it: whether it is used, and whether it ends soon.

use crate::Timestamp;
use std::time::Duration;

/// What was not used for so long may be forgotten.
pub const IDLE_AFTER: Duration = Duration::from_secs(90 * 86_400);
/// Before its end by this much, a key is to be replaced.
pub const ENDS_SOON: Duration = Duration::from_secs(7 * 86_400);

text_enum! {
    /// Which keys are asked for, by how they were used.
    pub enum KeyUse {
        /// Not once.
        Never = "never",
        /// Not for 90 days, or never since it was made before that.
        Idle = "idle",
    }
}

impl KeyUse {
    /// Whether a key with these times is one of them.
    pub fn holds(
        self,
        created: Option<Timestamp>,
        last_used: Option<Timestamp>,
        now: Timestamp,
    ) -> bool {
        match self {
            KeyUse::Never => last_used.is_none(),
            KeyUse::Idle => last_used.or(created).is_some_and(|last| now.since(last) > IDLE_AFTER),
        }
    }
}

/// How near the end of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyEnd {
    Later,
    Soon,
    Ended,
}

impl KeyEnd {
    /// Of a key that ends then.
    pub fn of(ends: Timestamp, now: Timestamp) -> KeyEnd {
        match (ends <= now, ends.since(now) <= ENDS_SOON) {
            (true, _) => KeyEnd::Ended,
            (false, true) => KeyEnd::Soon,
            (false, false) => KeyEnd::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Duration = Duration::from_secs(86_400);
    const MOMENT: Duration = Duration::from_micros(1);

    #[test]
    fn a_key_is_idle_after_ninety_days_without_a_use_or_since_it_was_made() {
        let made = Timestamp::from_unix_seconds(1_795_229_160);
        let (last, idle) = (made.plus(10 * DAY), made.plus(90 * DAY));
        assert!(!KeyUse::Idle.holds(Some(made), None, idle));
        assert!(KeyUse::Idle.holds(Some(made), None, idle.plus(MOMENT)));
        assert!(!KeyUse::Idle.holds(Some(made), Some(last), idle.plus(MOMENT)));
        assert!(KeyUse::Never.holds(Some(made), None, made));
        assert!(!KeyUse::Never.holds(Some(made), Some(last), idle));
    }

    #[test]
    fn a_key_ends_soon_in_its_last_week() {
        let end = Timestamp::from_unix_seconds(1_795_229_160);
        let before = |time: Duration| end.minus(time);
        assert_eq!(KeyEnd::of(end, before(7 * DAY + MOMENT)), KeyEnd::Later);
        assert_eq!(KeyEnd::of(end, before(7 * DAY)), KeyEnd::Soon);
        assert_eq!(KeyEnd::of(end, before(MOMENT)), KeyEnd::Soon);
        assert_eq!(KeyEnd::of(end, end), KeyEnd::Ended);
    }
}
