//! The audit trail: one event per call that changed something, or tried to; each carries the hash
//! of its predecessor, so nobody takes one away unseen. Calls that changed nothing are beside it.

pub mod calls;
pub mod command;
pub mod export;
pub mod heads;
pub mod proof;
pub mod record;
mod search;
pub mod store;

pub use export::{create as create_export, head, key};
pub use search::{decided_by, kind_of, kinds, list as search, newest};

use crate::{
    act::Subject, call::Call, error::Result, http::openapi, iam::decision, principal::Actor,
    view::View,
};
use api::{ApiKey, Event, EventUser, FieldChange, IamRole, ListEvents};
use domain::{OperationId, OrgId, ProjectId, Timestamp};
use serde_json::Value;
use std::time::Duration;

const NOT_FOUND: i64 = 404;
/// Shown when `from` is not given.
const DEFAULT_WINDOW: Duration = Duration::from_secs(24 * 3_600);

/// The operation of events that the platform itself writes when accepted work has ended.
pub const COMPLETED: &str = "complete-operation";

/// An event that is about to be written.
pub struct Entry {
    pub org: OrgId,
    pub project: ProjectId,
    pub at: Timestamp,
    pub operation: String,
    pub subject_id: String,
    pub operation_id: String,
    pub actor: String,
    pub request_id: String,
    pub status: i64,
    pub data: Event,
}

impl Entry {
    /// The event of a call whose principal is known.
    pub fn of(
        call: &Call,
        subject: Option<&Subject>,
        operation: Option<OperationId>,
        status: i64,
    ) -> Entry {
        let principal = call.principal().expect("only calls with a principal are written");
        let request = &call.request;
        let handler = match &principal.actor {
            // What the platform begins by itself has its own name, and ends as everything does.
            Actor::System { operation }
                if !operation.0.is_nil() || !request.endpoint.is_mutation() =>
            {
                COMPLETED
            }
            _ => request.endpoint.operation,
        };
        let elapsed = call.cloud.now().since(request.started).as_micros().div_ceil(1_000);
        let (iam_user, iam_api_key) = match &principal.actor {
            Actor::Session { user, email, .. }
            | Actor::Token { user, email, .. }
            | Actor::Claimed { user, email } => {
                (Some(EventUser { id: user.0, email: email.clone() }), None)
            }
            Actor::Key { key, name, assumed_by } => {
                let key = ApiKey {
                    key: key.clone(),
                    name: name.clone(),
                    role_id: principal.role.id,
                    created_at: None,
                    last_used_at: None,
                    expires_at: None,
                    assumed_by: assumed_by.clone(),
                };
                (None, Some(key))
            }
            Actor::System { .. } => (None, None),
        };
        let uri = record::text(&request.uri);
        let known = openapi::fields(request.endpoint);
        let data = Event {
            timestamp: request.started,
            handler: handler.to_owned(),
            message: format!(
                "{} {}{} [{handler}] status {status}",
                request.endpoint.method.as_str(),
                call.cloud.origin,
                uri
            ),
            uri: uri.clone(),
            status,
            zone: request.zone.clone(),
            request_id: request.id.to_string(),
            source_ip: request.source_ip.map(|ip| ip.to_string()),
            elapsed_ms: i64::try_from(elapsed).unwrap_or(i64::MAX).max(1),
            get_params: record::query(&request.query, known),
            body_params: match (&principal.actor, &request.body) {
                // What the platform sends itself, it knows.
                (Actor::System { .. }, Value::Object(body)) => record::map(body),
                (_, body) => record::body(body, known),
            },
            path_params: record::params(request.params.iter().map(|(k, v)| (*k, v.as_str()))),
            changes: None,
            iam_user,
            iam_role: Some(IamRole {
                id: principal.role.id,
                name: principal.role.name.clone(),
                description: None,
                editable: false,
                labels: None,
                permissions: None,
                policy: None,
                assume_role_policy: None,
                max_session_ttl: None,
                of_platform: None,
                used_by: None,
            }),
            iam_api_key,
            actor: None,
            subject_id: None,
            reason: None,
            decision: call.decision().map(decision::recorded),
            credential_created_at: call.decision().map(|_| principal.credential_created),
            resources: Some(record::map(call.deletes())).filter(|kept| !kept.is_empty()),
            sequence: None,
            hash: None,
        };
        Entry {
            org: principal.org,
            project: principal.project,
            at: request.started,
            operation: handler.to_owned(),
            subject_id: subject
                .map(|s| s.id.clone())
                .or_else(|| named(&request.params, status))
                .unwrap_or_default(),
            operation_id: operation.map(|o| o.to_string()).unwrap_or_default(),
            actor: principal.actor.label(),
            request_id: request.id.to_string(),
            status,
            data,
        }
    }

    /// Says what was changed.
    pub fn with_changes(mut self, changes: Vec<FieldChange>) -> Entry {
        self.data.changes = Some(changes).filter(|changes| !changes.is_empty());
        self
    }

    /// Says why it was refused.
    pub fn because(mut self, reason: Option<String>) -> Entry {
        self.data.reason = reason.as_deref().map(record::text);
        self
    }
}

/// What a call is about that did nothing to it, as it read or was refused: what its path names. What
/// is not there is nobody's, so that is about nothing.
fn named(params: &[(&'static str, String)], status: i64) -> Option<String> {
    let (_, id) = params.first().filter(|_| status != NOT_FOUND)?;
    Some(id.clone()).filter(|id| id.chars().count() <= domain::name::NAME_CHARACTERS_MAX)
}

/// `list-events`
pub async fn list(view: &View, input: ListEvents) -> Result<Vec<Event>> {
    let to = input.to.unwrap_or_else(|| view.cloud.now());
    let from = input.from.unwrap_or_else(|| to.minus(DEFAULT_WINDOW));
    store::list(view, from, to, input.subject_id).await
}
