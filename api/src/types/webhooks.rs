//! Webhooks: who is told of events of the audit trail, and what became of it.

use domain::{
    Timestamp, WebhookDeliveryId, WebhookId,
    audit::AuditResult,
    webhook::{DeliveryCause, DeliveryState, WebhookState},
};

wire! {
    pub struct Webhooks {
        pub webhooks: Vec<Webhook>,
    }

    /// An address that is told of what changed something, or was refused to, in the order of the audit
    /// trail.
    pub struct Webhook {
        pub id: WebhookId,
        pub name: String,
        pub url: String,
        pub filter: WebhookFilter,
        pub state: WebhookState,
        /// The event up to which everything was told or passed over; not kept of the past.
        pub sequence: Option<i64>,
        /// Tries of the delivery that is next; not kept of the past.
        pub attempts: Option<i64>,
        /// Since when nothing was taken.
        pub failing_since: Option<Timestamp>,
        /// When the next try is, after one that failed.
        pub next_attempt_at: Option<Timestamp>,
        /// Until when the secret of before also signs.
        pub previous_secret_until: Option<Timestamp>,
        pub created_at: Timestamp,
        pub version: i64,
    }

    /// What is told. A list that is empty or not there asks for nothing.
    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct WebhookFilter {
        /// Only these operations: `create-instance`.
        pub operations: Option<Vec<String>>,
        /// Only what is about these kinds of resources, as paths begin with them: `instance`.
        pub resources: Option<Vec<String>>,
        /// Only what ended like this.
        pub results: Option<Vec<AuditResult>>,
    }

    #[serde(deny_unknown_fields)]
    pub struct CreateWebhook {
        pub name: String,
        /// `https://…`, at a public address.
        pub url: String,
        pub filter: Option<WebhookFilter>,
    }

    /// A webhook with its secret, which is shown here only.
    pub struct WebhookCreated {
        pub id: WebhookId,
        pub name: String,
        pub secret: String,
    }

    #[derive(Default)]
    #[serde(deny_unknown_fields)]
    pub struct UpdateWebhook {
        pub name: Option<String>,
        pub url: Option<String>,
        /// The whole filter.
        pub filter: Option<WebhookFilter>,
        /// `true`: nothing is told until it goes on. `false`: it goes on where it stopped.
        pub paused: Option<bool>,
    }

    /// A new secret, which is shown here only.
    pub struct WebhookSecret {
        pub secret: String,
        /// Until then the old one signs, too.
        pub previous_until: Timestamp,
    }

    #[derive(Default)]
    pub struct ListWebhookDeliveries {
        pub state: Option<DeliveryState>,
        pub limit: Option<i64>,
        pub cursor: Option<String>,
    }

    pub struct WebhookDeliveries {
        pub webhook_deliveries: Vec<WebhookDelivery>,
    }

    /// One thing that was told, or is to be.
    pub struct WebhookDelivery {
        pub id: WebhookDeliveryId,
        /// The number of the event; a test has none.
        pub sequence: Option<i64>,
        /// The operation of the event.
        pub operation: Option<String>,
        pub cause: DeliveryCause,
        pub state: DeliveryState,
        pub attempts: i64,
        /// What the last try was answered with.
        pub status: Option<i64>,
        /// What came in between, where there was no answer.
        pub error: Option<String>,
        pub elapsed_ms: Option<i64>,
        pub created_at: Timestamp,
        pub attempted_at: Option<Timestamp>,
    }

    #[serde(deny_unknown_fields)]
    pub struct RedeliverWebhook {
        pub delivery: WebhookDeliveryId,
    }
}
