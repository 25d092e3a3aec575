//! What becomes of a form's answer.

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;

/// What is done with a form's answer instead of going anywhere; by default the page goes on.
///
/// Not a callback of the page: news of the very act can draw the page anew before the answer is
/// there, a callback made in that part of the page is gone then, and with it a secret that is told
/// once.
#[derive(Clone, Default)]
pub struct OnAnswer(Option<Arc<dyn Fn(Value) + Send + Sync>>);

impl OnAnswer {
    fn run(does: impl Fn(Value) + Send + Sync + 'static) -> Self {
        OnAnswer(Some(Arc::new(does)))
    }

    /// Whether the page stays where it is.
    pub(super) fn stays(&self) -> bool {
        self.0.is_some()
    }

    /// Hands the answer over; `false`: nobody waits for it.
    pub(super) fn take(&self, answer: Value) -> bool {
        self.0.as_ref().inspect(|does| does(answer)).is_some()
    }
}

/// Stays on the page; what was done shows in it.
pub fn stay() -> OnAnswer {
    OnAnswer::run(|_| ())
}

/// Hands a form's answer to a signal: a secret, say, that is shown this once. The signal belongs to
/// a part of the page that the answer does not draw anew.
pub fn answer_into<T: DeserializeOwned + Send + Sync + 'static>(
    shown: RwSignal<Option<T>>,
) -> OnAnswer {
    // Nobody is left to show it to when the page was left.
    OnAnswer::run(move |answer| drop(shown.try_set(serde_json::from_value(answer).ok())))
}

/// Says that the form was answered; what with shows elsewhere.
pub fn answered_into(answered: RwSignal<bool>) -> OnAnswer {
    OnAnswer::run(move |_| {
        answered.try_set(true);
    })
}
