//! Figures for the operator: `GET /metrics` on an address of its own, in OpenMetrics' text form.

use crate::{cloud::Cloud, operations};
use axum::{Router, extract::State, response::IntoResponse, routing::get};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use std::{sync::Arc, time::Duration};

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfZone {
    zone: String,
    engine: &'static str,
}

pub struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Histogram,
    password_checks: Counter,
    pending: Gauge,
    engines: Family<OfZone, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("couloir");
        let answered = Family::default();
        let seconds = Histogram::new(exponential_buckets(0.000_5, 2.0, 16));
        let password_checks = Counter::default();
        let (pending, engines) = (Gauge::default(), Family::default());
        registry.register(
            "requests",
            "Requests answered, by operation and status",
            answered.clone(),
        );
        registry.register("request_seconds", "Time to an answer", seconds.clone());
        registry.register(
            "password_checks",
            "Passwords compared, each a tenth of a second of a core",
            password_checks.clone(),
        );
        registry.register("operations_pending", "Operations that have not ended", pending.clone());
        registry.register("engine_up", "Whether the engine of a zone answers", engines.clone());
        Metrics { registry, answered, seconds, password_checks, pending, engines }
    }
}

impl Metrics {
    pub fn answered(&self, operation: &'static str, status: u16, took: Duration) {
        self.answered.get_or_create(&Answered { operation, status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// The work of comparing a password was done.
    pub fn password_checked(&self) {
        self.password_checks.inc();
    }
}

/// The router of the metrics' own address.
pub fn router(cloud: Arc<Cloud>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(cloud)
}

async fn show(State(cloud): State<Arc<Cloud>>) -> impl IntoResponse {
    if let Ok(pending) = operations::store::count_pending(cloud.db.reader()).await {
        cloud.metrics.pending.set(pending);
    }
    for zone in cloud.zones.iter() {
        let up = tokio::time::timeout(Duration::from_secs(2), zone.engine.health()).await;
        let label = OfZone { zone: zone.name.clone(), engine: zone.engine.kind().as_str() };
        cloud.metrics.engines.get_or_create(&label).set(i64::from(matches!(up, Ok(Ok(_)))));
    }
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = encode(&mut text, &cloud.metrics.registry);
    (
        [(
            http::header::CONTENT_TYPE,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
        )],
        text,
    )
}
