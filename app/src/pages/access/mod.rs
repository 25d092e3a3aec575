//! Access for a while: the lists, asking, and the questions before somebody decides.

mod decide;
mod list;
mod request;
mod revoke;

pub use decide::One;
pub use list::List;
pub use request::New;

use crate::{
    text::{Text, access as text, t, t_with},
    ui::Tone,
};
use domain::iam::grant::AccessState;

/// `4 hours`, `3 days`
fn time(hours: i64) -> String {
    let count = |text, count: i64| t_with(text, &[("count", &count.to_string())]);
    match hours {
        1 => t(text::ONE_HOUR).to_owned(),
        24 => t(text::ONE_DAY).to_owned(),
        days if days % 24 == 0 => count(text::MANY_DAYS, days / 24),
        hours => count(text::MANY_HOURS, hours),
    }
}

fn state(of: AccessState) -> (Tone, Text) {
    match of {
        AccessState::Open => (Tone::Busy, text::OPEN),
        AccessState::Approved => (Tone::Ok, text::APPROVED),
        AccessState::Refused => (Tone::Neutral, text::REFUSED),
        AccessState::Lapsed => (Tone::Neutral, text::LAPSED),
    }
}
