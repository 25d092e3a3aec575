//! Any text as a rule. It is answered within its fuel, in the same way each time; what is no expression
//! concludes nothing; and what is said about it when it is written is what happens when it decides.
#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Expression, Strategy, Value, decide,
};

fuzz_target!(|source: &str| {
    let all = CompiledPolicy::new(Strategy::Allow);
    let rules = vec![CompiledRule::new(Strategy::Allow, source)];
    let role =
        CompiledPolicy::new(Strategy::Deny).with("compute", CompiledService::Rules(rules));
    let name = Value::record([("name", "web-1".into())]);
    let request = Bindings::new()
        .with("operation", "get-instance")
        .with("now", "2026-11-21T12:00:00Z")
        .with("source_ip", "192.0.2.7")
        .with("parameters", name.clone())
        .with("resources", Value::record([("instance", name)]));
    let decision = decide(&all, &role, "compute", &request);
    assert_eq!(decision, decide(&all, &role, "compute", &request));
    if Expression::parse(source).is_err() {
        assert!(!decision.allowed, "an invalid expression allowed: {source:?}");
    }
});
