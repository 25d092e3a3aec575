//! What may be asked of an instance now, and why the rest may not.

use crate::text::{instances as text, states, t, t_with};
use api::Instance;
use domain::instance::{Refusal, Situation, Verb};

/// Why `verb` is not possible now, in the visitor's language.
pub fn refusal(instance: &Instance, verb: Verb) -> Option<String> {
    let situation = Situation {
        state: instance.state,
        busy: instance.operation.is_some(),
        protected: instance.protected.unwrap_or_default(),
        missing: instance.missing.unwrap_or_default(),
    };
    situation.permits(verb).err().map(reason)
}

fn reason(refusal: Refusal) -> String {
    let text = match refusal {
        Refusal::Busy => text::REFUSED_BUSY,
        Refusal::NeedsStopped => text::REFUSED_NEEDS_STOPPED,
        Refusal::NeedsRunning => text::REFUSED_NEEDS_RUNNING,
        Refusal::Failed => text::REFUSED_FAILED,
        Refusal::Missing => text::REFUSED_MISSING,
        Refusal::Gone => text::REFUSED_GONE,
        Refusal::Deleted => text::REFUSED_DELETED,
        Refusal::NotDeleted => text::REFUSED_NOT_DELETED,
        Refusal::Protected => text::REFUSED_PROTECTED,
        Refusal::Already(state) => {
            return t_with(text::REFUSED_ALREADY, &[("state", t(states::instance(state)))]);
        }
    };
    t(text).to_owned()
}
