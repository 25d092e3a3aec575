//! What of a question no index answers: whether an event is about a kind of resource, and has a text in
//! it.

use api::{Event, EventDecision, ListAuditTrail};

/// The kinds of resources, as paths begin with them.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    api::ENDPOINTS.iter().filter_map(|endpoint| kind(endpoint.path))
}

/// `instance` of `/instance/{id}:stop`
fn kind(path: &str) -> Option<&str> {
    path.trim_start_matches('/').split(['/', ':']).next()
}

/// `instance` of `/v2/instance/{id}`, in any zone
pub fn kind_of(uri: &str) -> Option<&str> {
    kind(uri.split_once("/v2")?.1)
}

/// Whether it has to be looked for among what the database finds.
pub fn is_asked(input: &ListAuditTrail) -> bool {
    input.resource.is_some() || input.q.is_some()
}

pub fn is(input: &ListAuditTrail, event: &Event) -> bool {
    let of_kind = input.resource.as_deref().is_none_or(|asked| kind_of(&event.uri) == Some(asked));
    of_kind && input.q.as_deref().is_none_or(|q| says(event, &q.trim().to_lowercase()))
}

/// In what people would look for: who, what, about what, from where, and what came of it.
fn says(event: &Event, q: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(q);
    let texts = [&event.reason, &event.source_ip, &event.zone, &event.actor, &event.subject_id];
    has(&event.handler)
        || has(&event.uri)
        || has(&event.request_id)
        || event.decision.as_ref().is_some_and(|decision| has(&decided_by(decision)))
        || texts.into_iter().flatten().any(|text| has(text))
        || [&event.get_params, &event.body_params, &event.path_params]
            .into_iter()
            .flatten()
            .any(|(name, value)| has(name) || has(&value.to_string()))
}

/// `role rule 2`: the layer, why, and the number of the rule where one decided.
pub fn decided_by(decision: &EventDecision) -> String {
    let EventDecision { layer, why, rule, .. } = decision;
    rule.map_or_else(|| format!("{layer} {why}"), |rule| format!("{layer} {why} {rule}"))
}
