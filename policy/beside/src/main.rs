//! The same decision by our evaluator and by cedar-policy, in turn, so that both meet the same machine.
//!
//! Prints a JSON object for `cargo xtask bench`: nanoseconds of each, in the middle and at the slowest of
//! a hundred. Thirty rules are looked at, none of which is true; what a caller makes once for all of its
//! decisions (the policies, compiled) is made before, and so is what it makes for each (the bindings).

mod rules;

use cedar_policy::{Authorizer, Context, Decision, Entities, PolicySet, Request};
use policy::{Bindings, CompiledPolicy, CompiledRule, CompiledService, Strategy, Value, decide};
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

const RULES: usize = 30;
const TIMES: usize = 100_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (all, role, bindings) = (CompiledPolicy::new(Strategy::Allow), ours(), bindings());
    let (authorizer, policies) = (Authorizer::new(), theirs()?);
    let (request, entities) = (request()?, Entities::empty());

    assert_eq!(decide(&all, &role, "compute", &bindings).why, policy::Why::NoRule);
    let answer = authorizer.is_authorized(&request, &policies, &entities);
    assert_eq!(answer.decision(), Decision::Deny);
    assert_eq!(answer.diagnostics().errors().count(), 0, "{answer:?}");

    let (mut own, mut cedar) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
    for round in 0..TIMES + TIMES / 10 {
        let begun = Instant::now();
        black_box(decide(&all, &role, "compute", &bindings));
        let between = Instant::now();
        black_box(authorizer.is_authorized(&request, &policies, &entities));
        let ended = Instant::now();
        // The first tenth only warms up.
        if round >= TIMES / 10 {
            own.push((between - begun).as_nanos() as u64);
            cedar.push((ended - between).as_nanos() as u64);
        }
    }
    println!("{}", json!({"rules": RULES, "couloir": quantiles(own), "cedar": quantiles(cedar)}));
    Ok(())
}

fn quantiles(mut took: Vec<u64>) -> serde_json::Value {
    took.sort_unstable();
    json!({"p50": took[took.len() / 2], "p99": took[took.len() * 99 / 100]})
}

fn ours() -> CompiledPolicy {
    let rules = rules::PAIRS.iter().cycle().take(RULES);
    let rules = rules.map(|(own, _)| CompiledRule::new(Strategy::Allow, own)).collect();
    CompiledPolicy::new(Strategy::Deny).with("compute", CompiledService::Rules(rules))
}

fn theirs() -> Result<PolicySet, Box<dyn std::error::Error>> {
    let rules = rules::PAIRS.iter().cycle().take(RULES);
    let text = rules
        .map(|(_, cedar)| format!("permit(principal, action, resource) when {{ {cedar} }};\n"));
    Ok(text.collect::<String>().parse()?)
}

fn bindings() -> Bindings {
    let record = |name, value: &str| Value::record([(name, value.into())]);
    let identity =
        Value::record([("created", "2026-11-21T11:30:00Z".into()), ("key", "EXO1".into())]);
    let parameters = Value::record([("bucket", "backup".into()), ("name", "web-1".into())]);
    Bindings::new()
        .with("service", "compute")
        .with("zone", "ch-gva-2")
        .with("now", "2026-11-21T12:00:00Z")
        .with("source_ip", "192.0.2.7")
        .with("operation", "get-instance")
        .with("resources", Value::record([("instance", record("name", "web-1"))]))
        .with("identity", identity)
        .with("parameters", parameters)
}

fn request() -> Result<Request, Box<dyn std::error::Error>> {
    let extension = |name: &str, value: &str| json!({"__extn": {"fn": name, "arg": value}});
    let context = json!({
        "service": "compute",
        "zone": "ch-gva-2",
        "now": extension("datetime", "2026-11-21T12:00:00Z"),
        "source_ip": extension("ip", "192.0.2.7"),
        "operation": "get-instance",
        "resources": {"instance": {"name": "web-1"}},
        "identity": {"created": extension("datetime", "2026-11-21T11:30:00Z"), "key": "EXO1"},
        "parameters": {"bucket": "backup", "name": "web-1"},
    });
    let context = Context::from_json_value(context, None)?;
    let [who, what, on] =
        [r#"Key::"EXO1""#, r#"Action::"get-instance""#, r#"Instance::"web-1""#].map(str::parse);
    Ok(Request::new(who?, what?, on?, context, None)?)
}
