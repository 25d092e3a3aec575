//! Webhooks: the list, making one, and one of them with what it was told.

mod deliveries;
mod edit;
mod filter;
mod list;
mod one;
mod secret;

pub use list::List;
pub use one::One;

use crate::{
    text::{Text, webhooks as text},
    ui::Tone,
};
use domain::webhook::{DeliveryState, WebhookState};

/// Characters of a name.
const NAME_MAX: u32 = 60;
/// Characters of an address.
const URL_MAX: u32 = 1_000;

/// How a webhook is: one whose deliveries fail is active all the same, but nobody would call it well.
fn state(state: WebhookState, failing: bool) -> (Tone, Text) {
    match state {
        WebhookState::Active if failing => (Tone::Warn, text::FAILING),
        WebhookState::Active => (Tone::Ok, text::ACTIVE),
        WebhookState::Paused => (Tone::Neutral, text::PAUSED),
        WebhookState::Failed => (Tone::Bad, text::STOPPED),
    }
}

fn delivery(state: DeliveryState) -> (Tone, Text) {
    match state {
        DeliveryState::Pending => (Tone::Busy, text::PENDING),
        DeliveryState::Delivered => (Tone::Ok, text::DELIVERED),
        DeliveryState::Failed => (Tone::Bad, text::NOT_DELIVERED),
    }
}
