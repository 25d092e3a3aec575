//! How a decision, and all that led to it, is told.

use crate::{
    iam::{
        decision::{self, Explained},
        policies::Ready,
    },
    principal::Principal,
};
use api::{Endpoint, IamNamedResource, IamRuleOutcome, IamRuleWarning, IamSeen, IamSimulation};
use domain::iam::{Rule, ServicePolicy, Strategy, permission::Permission};
use policy::{
    CompiledRule, CompiledService, Decision, Expression, Layer, Outcome, ParseError, Report,
};

/// Where no policy is asked: everybody may, or a permission decides that the role has or has not.
pub fn not_asked(
    endpoint: &Endpoint,
    principal: &Principal,
    permissions: &[String],
) -> IamSimulation {
    let (asked, role) = (endpoint.operation, principal.role.name.clone());
    let assumed = principal.has_assumed();
    let permission = Permission::deciding(asked);
    let has = permission.is_none_or(|one| one.is_had(permissions, assumed));
    let message = match permission {
        Some(one) if !has => one.refusal(&role, assumed),
        Some(one) => {
            format!("No policy is asked about {asked}: the role {role:?} has the permission {one}.")
        }
        None => format!("No policy is asked about {asked}."),
    };
    IamSimulation {
        allowed: has,
        layer: None,
        role,
        service: None,
        why: if permission.is_some() { "permission" } else { "not-asked" }.to_owned(),
        rule: None,
        expression: None,
        message,
        rules: Vec::new(),
        resources: Vec::new(),
    }
}

pub fn told(
    endpoint: &Endpoint,
    explained: Explained,
    organization: &Ready,
    role: &Ready,
    name: String,
) -> IamSimulation {
    let Explained { decision, reports, named } = explained;
    let message = decision::sentence(&decision, endpoint.operation, &name);
    let Decision { allowed, layer, service, why } = decision;
    let (reason, number) = decision::why(why);
    let both = [(Layer::Organization, organization), (Layer::Role, role)];
    let rules: Vec<IamRuleOutcome> = both
        .into_iter()
        .flat_map(|(layer, policy)| {
            rules(policy, &service).enumerate().map(move |(index, rule)| (layer, index, rule))
        })
        .map(|(layer, index, (rule, parsed))| {
            let report = reports.iter().find(|r| r.layer == layer && r.rule == index);
            outcome(layer, index, rule, &parsed.expression, report)
        })
        .collect();
    let decisive = number.and_then(|number| {
        rules.iter().find(|of| of.layer == decision::layer(layer) && of.rule == number)
    });
    IamSimulation {
        allowed,
        layer: Some(decision::layer(layer).to_owned()),
        role: name,
        why: reason.to_owned(),
        rule: number,
        expression: decisive.map(|rule| rule.expression.clone()),
        message,
        rules,
        resources: named
            .into_iter()
            .map(|named| IamNamedResource {
                kind: named.kind(),
                exists: named.value.is_some(),
                id: named.id,
            })
            .collect(),
        service: Some(service),
    }
}

/// The rules for a service, as they are written and as they are asked.
fn rules<'a>(
    policy: &'a Ready,
    service: &str,
) -> impl Iterator<Item = (&'a Rule, &'a CompiledRule)> {
    let written = match policy.source.services.get(service) {
        Some(ServicePolicy::Rules { rules }) => rules.as_slice(),
        _ => &[],
    };
    let asked = match policy.compiled.services().get(service) {
        Some(CompiledService::Rules(rules)) => rules.as_slice(),
        _ => &[],
    };
    written.iter().zip(asked)
}

fn outcome(
    layer: Layer,
    index: usize,
    rule: &Rule,
    parsed: &Result<Expression, ParseError>,
    report: Option<&Report>,
) -> IamRuleOutcome {
    let (outcome, detail) = match (report.map(|report| &report.outcome), parsed) {
        (Some(Outcome::True), _) => ("true", None),
        (Some(Outcome::False), _) => ("false", None),
        (Some(Outcome::Other(value)), _) => ("other", Some(value.clone())),
        (Some(Outcome::Failed(error)), _) => ("failed", Some(error.to_string())),
        (Some(Outcome::Invalid(error)), _) | (None, Err(error)) => {
            ("invalid", Some(error.to_string()))
        }
        (None, Ok(_)) => ("not-reached", None),
    };
    let seen = report.into_iter().flat_map(|report| &report.seen);
    let warnings = parsed.as_ref().map(|parsed| parsed.lint(&policy::REQUEST)).unwrap_or_default();
    IamRuleOutcome {
        layer: decision::layer(layer).to_owned(),
        rule: decision::counted(index),
        action: match rule.action {
            Strategy::Allow => "allow".to_owned(),
            Strategy::Deny => "deny".to_owned(),
        },
        expression: rule.expression.clone(),
        outcome: outcome.to_owned(),
        detail,
        seen: seen
            .map(|seen| IamSeen {
                name: seen.what.clone(),
                value: seen.value.as_ref().ok().cloned(),
                problem: seen.value.as_ref().err().cloned(),
            })
            .collect(),
        warnings: warnings
            .into_iter()
            .map(|warning| IamRuleWarning {
                at: number(warning.at),
                end: number(warning.end),
                message: warning.message,
                hint: warning.hint.into_owned(),
            })
            .collect(),
    }
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
