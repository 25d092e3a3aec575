//! Access for a while: the lists, asking, and the questions before somebody decides.

mod decide;
mod list;
mod request;
mod revoke;
mod withdraw;

pub use decide::One;
pub use list::List;
pub use request::New;

use crate::{
    text::{Text, access as text, t_count},
    ui::Tone,
};
use domain::iam::grant::AccessState;

/// `4 hours`, `3 days`
fn time(hours: i64) -> String {
    match hours {
        days if days % 24 == 0 => t_count(text::ONE_DAY, text::MANY_DAYS, days / 24),
        hours => t_count(text::ONE_HOUR, text::MANY_HOURS, hours),
    }
}

fn state(of: AccessState) -> (Tone, Text) {
    match of {
        AccessState::Open => (Tone::Busy, text::OPEN),
        AccessState::Approved => (Tone::Ok, text::APPROVED),
        AccessState::Refused => (Tone::Neutral, text::REFUSED),
        AccessState::Withdrawn => (Tone::Neutral, text::WITHDRAWN),
        AccessState::Lapsed => (Tone::Neutral, text::LAPSED),
    }
}
